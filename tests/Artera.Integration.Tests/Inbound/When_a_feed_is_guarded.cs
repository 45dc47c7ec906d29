using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_feed_is_guarded : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_address_that_may_not_connect_is_hung_up_on()
    {
        await using var server = await TestServer.Start(settings: [new("Feeds:0:Mllp:AllowFrom:0", "10.0.0.0/8")]);
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        (await emr.Read()).ShouldBeNull();
    }

    [Theory]
    [InlineData("server.pem")]
    [InlineData("server.pfx")]
    public async Task Messages_come_over_TLS(string file)
    {
        using var certificate = Save(file);
        await using var server = await TestServer.Start(settings: [new("Inbound:Apply", "false"), .. Tls(file)]);
        await using var emr = await MllpPeer.ConnectTls(server.MllpPort, show: null, seen => seen.Equals(certificate));
        Code(await emr.Ask(Siu("1"))).ShouldBe("AA");
    }

    [Fact]
    public async Task Only_clients_whose_certificate_is_known_get_in()
    {
        using var certificate = Save("server.pem");
        using var known = Create("known");
        using var stranger = Create("stranger");
        var thumbprint = known.GetCertHashString(HashAlgorithmName.SHA256);
        await using var server = await TestServer.Start(settings:
            [new("Inbound:Apply", "false"), .. Tls("server.pem"), new("Feeds:0:Mllp:Tls:ClientCertificates:0", thumbprint.ToLowerInvariant())]);

        await using var emr = await MllpPeer.ConnectTls(server.MllpPort, known, seen => seen.Equals(certificate));
        Code(await emr.Ask(Siu("1"))).ShouldBe("AA");
        foreach (var other in new[] { stranger, null })
            (await GetsIn(server.MllpPort, other)).ShouldBeFalse();
        (await server.Kept()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart()
    {
        Save("server.pem").Dispose();
        await using var server = await TestServer.Start(settings: [new("Inbound:Apply", "false"), .. Tls("server.pem")]);
        using var renewed = Save("server.pem");
        File.SetLastWriteTimeUtc(folder.File("server.pem"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await using var emr = await MllpPeer.ConnectTls(server.MllpPort, show: null, seen => seen.Equals(renewed));
        Code(await emr.Ask(Siu("1"))).ShouldBe("AA");

        folder.Write("server.pem", "nonsense");
        await using var other = await MllpPeer.ConnectTls(server.MllpPort, show: null, seen => seen.Equals(renewed));
        Code(await other.Ask(Siu("2"))).ShouldBe("AA");
    }

    private static async Task<bool> GetsIn(int port, X509Certificate2? show)
    {
        try
        {
            await using var emr = await MllpPeer.ConnectTls(port, show, _ => true);
            await emr.Send(Siu("9"));
            return await emr.Read() is not null;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private KeyValuePair<string, string?>[] Tls(string file) =>
        [new("Feeds:0:Mllp:Tls:Certificate", folder.File(file)), new("Feeds:0:Mllp:Tls:Password", "secret")];

    private X509Certificate2 Save(string file)
    {
        var certificate = Create("localhost");
        if (file.EndsWith(".pfx", StringComparison.Ordinal))
            File.WriteAllBytes(folder.File(file), certificate.Export(X509ContentType.Pkcs12, "secret"));
        else
            folder.Write(file, certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private static X509Certificate2 Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }
}
