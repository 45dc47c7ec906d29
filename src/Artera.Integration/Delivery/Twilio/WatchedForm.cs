using System.Net;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>
/// A form that knows whether any of it was written to a connection. If not, the message surely did not
/// leave, whatever the error is called; if so, only the provider knows.
/// </summary>
internal sealed class WatchedForm : HttpContent
{
    private readonly FormUrlEncodedContent form;

    public WatchedForm(IEnumerable<KeyValuePair<string, string>> fields)
    {
        form = new FormUrlEncodedContent(fields);
        Headers.ContentType = form.Headers.ContentType;
    }

    public bool Started { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        return form.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = form.Headers.ContentLength ?? 0;
        return form.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            form.Dispose();
        base.Dispose(disposing);
    }
}
