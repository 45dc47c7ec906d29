using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>A private key for SMART Backend Services: RS384 or ES384.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly RSA? rsa;
    private readonly ECDsa? elliptic;

    private SigningKey(RSA? rsa, ECDsa? elliptic)
    {
        (this.rsa, this.elliptic) = (rsa, elliptic);
        var known = rsa?.ExportSubjectPublicKeyInfo() ?? elliptic!.ExportSubjectPublicKeyInfo();
        Id = Base64Url.EncodeToString(SHA256.HashData(known))[..16];
    }

    /// <summary>The <c>kid</c>, from the key itself.</summary>
    public string Id { get; }

    public string Algorithm => rsa is null ? "ES384" : "RS384";

    public static SigningKey Read(string file)
    {
        var pem = File.ReadAllText(file);
        var modular = RSA.Create();
        try
        {
            modular.ImportFromPem(pem);
            modular.ExportParameters(includePrivateParameters: true);
            return new(modular, null);
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            modular.Dispose();
        }

        var curve = ECDsa.Create();
        curve.ImportFromPem(pem);
        if (curve.KeySize == 384 && curve.ExportParameters(includePrivateParameters: true).D is not null)
            return new(null, curve);
        curve.Dispose();
        throw new CryptographicException("the curve is not P-384");
    }

    /// <summary>A JWS in compact form.</summary>
    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["kid"] = Id, ["typ"] = "JWT" };
        var text = $"{Part(header)}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = rsa?.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1) ?? elliptic!.SignData(bytes, HashAlgorithmName.SHA384);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The public key as RFC 7517 has it.</summary>
    public JsonObject ToJwk()
    {
        var jwk = new JsonObject { ["kid"] = Id, ["alg"] = Algorithm, ["use"] = "sig", ["key_ops"] = new JsonArray("verify") };
        if (rsa is not null)
        {
            var key = rsa.ExportParameters(includePrivateParameters: false);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Base64Url.EncodeToString(key.Modulus), Base64Url.EncodeToString(key.Exponent));
        }
        else
        {
            var key = elliptic!.ExportParameters(includePrivateParameters: false);
            (jwk["kty"], jwk["crv"], jwk["x"], jwk["y"]) = ("EC", "P-384", Base64Url.EncodeToString(key.Q.X), Base64Url.EncodeToString(key.Q.Y));
        }

        return jwk;
    }

    public void Dispose()
    {
        rsa?.Dispose();
        elliptic?.Dispose();
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
