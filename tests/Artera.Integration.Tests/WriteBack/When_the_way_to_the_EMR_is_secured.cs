using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.WriteBack;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_the_way_to_the_EMR_is_secured : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Message = "MSH|^~\\&|A|B|C|D|20261026||SIU^S14|A1|P|2.3\rSCH||V1\r"u8.ToArray();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = SelfSigned("CN=emr.example.org");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("artera-");
    private Task answering = Task.CompletedTask;
    private string? shown;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ValueTask InitializeAsync()
    {
        listener.Start();
        answering = Answer();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await answering;
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_EMR_that_is_known_by_its_thumbprint_is_trusted()
    {
        await using var connection = new MllpConnection(new MllpDestination { Port = Port, Tls = true, ServerCertificates = [Thumbprint(certificate)] });
        var reply = await connection.Send(Message, Patience, Cancellation);

        reply.Code.ShouldBe(AckCode.AA);
        shown.ShouldBeNull();
    }

    [Fact]
    public async Task An_EMR_that_nobody_vouches_for_is_told_nothing()
    {
        await using var connection = new MllpConnection(new MllpDestination { Port = Port, Tls = true });
        var reply = await connection.Send(Message, Patience, Cancellation);

        (reply.Kind, reply.Cause).ShouldBe((ReplyKind.NotConnected, "tls"));
    }

    [Fact]
    public async Task The_EMR_is_shown_who_we_are()
    {
        using var own = SelfSigned("CN=artera.example.org");
        var file = Path.Combine(folder.FullName, "own.pfx");
        await File.WriteAllBytesAsync(file, own.Export(X509ContentType.Pfx, "secret"), Cancellation);
        await using var connection = new MllpConnection(new MllpDestination
        {
            Port = Port,
            Tls = true,
            ServerCertificates = [Thumbprint(certificate)],
            ClientCertificate = file,
            ClientCertificatePassword = "secret",
        });

        (await connection.Send(Message, Patience, Cancellation)).Code.ShouldBe(AckCode.AA);
        shown.ShouldBe(Thumbprint(own));
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest(name, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static string Thumbprint(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private async Task Answer()
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, peer, _, _) => (shown = peer is null ? null : Thumbprint(peer)) is null or { Length: > 0 },
            });
            if (await stream.ReadAsync(new byte[1024].AsMemory()) > 0)
                await stream.WriteAsync("\vMSH|^~\\&|||||||ACK|K1|P|2.3\rMSA|AA|A1\r\x1C\r"u8.ToArray());
        }
        catch (Exception refused) when (refused is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The client did not trust us, or the test is over.
        }
    }
}
