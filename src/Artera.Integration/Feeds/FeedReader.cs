using System.Net;
using System.Security.Cryptography;
using System.Text;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Feeds;

/// <summary>Makes feeds of their settings, and says everything that is wrong with them at once.</summary>
internal static class FeedReader
{
    public static List<Feed> Read(IReadOnlyList<FeedOptions> options, MappingFolders folders, out List<string> errors)
    {
        errors = [];
        var feeds = new List<Feed>();
        for (var i = 0; i < options.Count; i++)
        {
            if (Read(options[i], $"Feeds:{i} ({options[i].Name})", folders, errors) is { } feed)
                feeds.Add(feed);
        }

        errors.AddRange(Repeated(options.Select(feed => feed.Name)).Select(name => $"Feeds: the name {name} is used twice"));
        errors.AddRange(Repeated(options.Where(feed => feed.Mllp is { Port: > 0 }).Select(feed => $"{feed.Mllp!.Address}:{feed.Mllp.Port}"))
            .Select(port => $"Feeds: two feeds listen on {port}"));
        return feeds;
    }

    private static Feed? Read(FeedOptions options, string where, MappingFolders folders, List<string> errors)
    {
        var before = errors.Count;
        if (string.IsNullOrWhiteSpace(options.Name))
            errors.Add($"{where}: a feed needs a Name");
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.TimeZone);
        if (zone is null)
            errors.Add($"{where}: TimeZone {options.TimeZone} is not an IANA time zone, such as America/New_York");
        var allowed = ReadMllp(options.Mllp, where, errors);
        if (!TryCharset(options.Mllp?.Charset, out var charset))
            errors.Add($"{where}: Mllp:Charset {options.Mllp!.Charset} is not known, write it as in HL7 table 0211, such as 8859/1");
        var (form, back) = (options.Fhir is null ? MessageForm.Hl7 : MessageForm.Fhir, options.WriteBack?.Fhir is null ? MessageForm.Hl7 : MessageForm.Fhir);
        var mapping = MappingInForce.Load(folders.Find(options.Mapping), form == back ? options.WriteBack : null, form, out var wrong);
        errors.AddRange(wrong.Select(error => $"{where}: Mapping {error}"));
        var saysBack = mapping;
        if (mapping is not null && options.WriteBack is { Csv: null } && form != back)
        {
            saysBack = MappingInForce.Load(Path.Combine(Path.GetDirectoryName(mapping.Path)!, back.FileName()), options.WriteBack, back, out var cannotSay);
            errors.AddRange(cannotSay.Select(error => $"{where}: WriteBack: {error}"));
        }

        errors.AddRange(FhirChecks.Errors(options).Select(error => $"{where}: Fhir{error}"));
        errors.AddRange(options.Extracts.SelectMany((extract, at) => extract.Errors().Select(error => $"{where}: Extracts:{at}{error}")));
        if (options.OrderStatus is { } status && string.IsNullOrWhiteSpace(status.Folder))
            errors.Add($"{where}: OrderStatus:Folder is empty");
        errors.AddRange(WriteBackChecks.Errors(options, saysBack?.Mapper.File).Select(error => $"{where}: WriteBack{error}"));
        return errors.Count > before ? null : new Feed
        {
            Name = options.Name,
            Emr = options.Emr ?? options.Name,
            Zone = zone!,
            Charset = charset,
            Mapping = mapping!,
            WriteBackMapping = saysBack!,
            AllowFrom = allowed,
            Options = options,
        };
    }

    private static AllowedAddresses ReadMllp(MllpOptions? mllp, string where, List<string> errors)
    {
        if (mllp is null)
            return AllowedAddresses.Parse([], out _);
        if (!IPAddress.TryParse(mllp.Address, out _))
            errors.Add($"{where}: Mllp:Address {mllp.Address} is not an IP address");
        if (mllp.Port is < 0 or > 65535)
            errors.Add($"{where}: Mllp:Port {mllp.Port} is not a port");
        if (mllp.MaxMessageBytes < 1024)
            errors.Add($"{where}: Mllp:MaxMessageBytes must be at least 1024");
        if (mllp.FrameTimeout <= TimeSpan.Zero)
            errors.Add($"{where}: Mllp:FrameTimeout must be more than zero");
        if (mllp.Tls is { } tls)
            ReadTls(tls, where, errors);
        if (mllp.ApplicationAcks is { } acks)
            errors.AddRange(DestinationChecks.Errors(acks).Select(error => $"{where}: Mllp:ApplicationAcks{error}"));
        var allowed = AllowedAddresses.Parse(mllp.AllowFrom, out var bad);
        errors.AddRange(bad.Select(entry => $"{where}: Mllp:AllowFrom {entry} is neither an address nor a CIDR range such as 10.20.0.0/16"));
        return allowed;
    }

    private static void ReadTls(MllpTlsOptions tls, string where, List<string> errors)
    {
        try
        {
            MllpCertificate.Read(tls);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.Add($"{where}: Mllp:Tls:Certificate {tls.Certificate} cannot be read as PFX or PEM with its key: {unreadable.GetType().Name}");
        }
    }

    private static bool TryCharset(string? label, out Encoding? charset)
    {
        charset = string.IsNullOrEmpty(label) ? null : Hl7Charset.Find(label);
        return string.IsNullOrEmpty(label) || charset is not null;
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> values) =>
        values.GroupBy(value => value, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);
}
