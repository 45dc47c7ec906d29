namespace Artera.Integration.Operations;

/// <summary>The section <c>Http</c>: where the pages, the API and the webhooks answer.</summary>
public sealed class HttpOptions
{
    /// <summary>The address to listen on; loopback by default. <c>--urls</c> or ASPNETCORE_URLS wins over both settings.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; set; } = 5080;
}
