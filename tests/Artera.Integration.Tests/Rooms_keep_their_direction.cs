using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Artera.Integration.Mapping;
using Artera.Integration.Operations;

namespace Artera.Integration.Tests;

/// <summary>The table of architecture.md, read off the compiled assemblies: who may know whom.</summary>
public sealed partial class Rooms_keep_their_direction
{
    private const string House = "Artera.Integration.";

    private static readonly string[] Hub = ["Patients", "Appointments", "Recalls", "Referrals"];

    private static readonly string[] Below =
        [.. Hub, "Data", "Mapping", "Enterprise", "Delivery", "Feeds", "Inbound", "Outreach", "Channels", "Replies", "WriteBack"];

    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Mapping"] = [],
        ["Data"] = [],
        ["Enterprise"] = ["Data"],
        ["Delivery"] = ["Data"],
        ["Feeds"] = ["Mapping"],
        ["Patients"] = ["Mapping", "Data"],
        ["Appointments"] = ["Patients", "Mapping", "Data"],
        ["Recalls"] = ["Patients", "Mapping", "Data"],
        ["Referrals"] = ["Patients", "Mapping", "Data"],
        ["Inbound"] = [.. Hub, "Mapping", "Enterprise", "Feeds", "Data"],
        ["Outreach"] = [.. Hub, "Mapping", "Enterprise", "Delivery", "Data"],
        ["Channels"] = [.. Hub, "Mapping", "Enterprise", "Delivery", "Data"],
        ["Replies"] = [.. Hub, "Mapping", "Enterprise", "Delivery", "Channels", "Outreach", "Data"],
        ["WriteBack"] = [.. Hub, "Mapping", "Enterprise", "Feeds", "Data"],
        ["Web"] = [.. Below, "Operations"],
        ["Operations"] = [.. Below, "Web", "Demo"],
        ["Demo"] = [.. Below, "Operations", "Web"],
    };

    /// <summary>Rooms that read or write messages of the EMR; to the others Mapping is only what a message can say.</summary>
    private static readonly string[] ReadMessages = ["Mapping", "Inbound", "WriteBack", "Feeds", "Operations", "Web", "Demo"];

    /// <summary>Which types may name a third party: a pattern over the full name without the house's.</summary>
    private static readonly Dictionary<string, string> MayName = new(StringComparer.Ordinal)
    {
        ["Hl7"] = @"^(Mapping\.Fhir|WriteBack)\.",
        ["Quartz"] = @"^(Data\.Timetable(Tables)?|\w+(\.\w+)*Job)\b",
        ["YamlDotNet"] = @"^(Mapping\.|Enterprise\.EnterpriseFile|Outreach\.Trigger|Replies\.LanguageWords|Delivery\.Words\.)",
        ["PhoneNumbers"] = @"^Patients\.PhoneNumber\b",
        ["MailKit"] = @"^Delivery\.Email\.",
        ["MimeKit"] = @"^Delivery\.Email\.",
        ["Polly"] = @"^Delivery\.Twilio\.",
        ["Microsoft.Data.Sqlite"] = @"^(Data\.|Operations\.Load\.DriverFloor)",
        ["Microsoft.Data.SqlClient"] = @"^Data\.",
        ["Npgsql"] = @"^(Data\.|Operations\.Load\.DriverFloor)",
        ["System.CommandLine"] = @"^(Operations|Demo)\.",
        ["Serilog"] = @"^Operations\.Logs\.",
        ["OpenTelemetry"] = @"^Operations\.Metrics\.",
        ["MudBlazor"] = @"^Web\.",
        ["Scalar.AspNetCore"] = @"^Web\.Api\.",
        ["Microsoft.OpenApi"] = @"^Web\.Api\.",
        ["Microsoft.AspNetCore.Components"] = @"^Web\.",
    };

    private static readonly Architecture Read =
        new ArchLoader().LoadAssemblies(typeof(Mapper).Assembly, typeof(Server).Assembly).Build();

    [Fact]
    public void Nobody_looks_up()
    {
        var uses = Uses(Read).Where(use => use.To.StartsWith(House, StringComparison.Ordinal))
            .Select(use => (From: RoomOf(use.From), To: RoomOf(use.To), use))
            .Where(pair => pair.From != pair.To && MayKnow.ContainsKey(pair.From))
            .ToList();
        uses.Count.ShouldBeGreaterThan(500);
        Lines(uses.Where(pair => !MayKnow[pair.From].Contains(pair.To)).Select(pair => pair.use)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_room_is_in_the_table() => Read.Types.Select(type => type.FullName)
        .Where(name => name.StartsWith(House, StringComparison.Ordinal) && name.Count(letter => letter == '.') > 2)
        .Select(RoomOf).Distinct().Except(MayKnow.Keys).ShouldBeEmpty();

    [Fact]
    public void How_a_message_is_read_stays_at_the_walls() => Lines(Uses(Read)
        .Where(use => InnerMapping().IsMatch(use.To) && !ReadMessages.Contains(RoomOf(use.From)))).ShouldBeEmpty();

    [Fact]
    public void A_third_party_is_named_in_one_place() => Lines(Uses(Read).Where(use => MayName.Any(rule =>
        use.To.StartsWith($"{rule.Key}.", StringComparison.Ordinal) && !Regex.IsMatch(use.From[House.Length..], rule.Value, RegexOptions.None, TimeSpan.FromSeconds(1))))).ShouldBeEmpty();

    [Fact]
    public void The_third_parties_are_really_seen() => MayName.Keys
        .Where(party => !Uses(Read).Any(use => use.To.StartsWith($"{party}.", StringComparison.Ordinal))).ShouldBeEmpty();

    private static IEnumerable<(string From, string To)> Uses(Architecture house) =>
        from type in house.Types
        where type.FullName.StartsWith(House, StringComparison.Ordinal) && !Generated().IsMatch(type.FullName)
        from dependency in type.Dependencies
        select (type.FullName, dependency.Target.FullName);

    private static string RoomOf(string type) => type.Split('.') is [_, _, var room, _, ..] ? room : "";

    private static IEnumerable<string> Lines(IEnumerable<(string From, string To)> uses) =>
        uses.Select(use => $"{use.From} -> {use.To}").Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^Artera\.Integration\.Mapping\.\w+\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InnerMapping();

    /// <summary>What the compiler and its generators make of everybody's code belongs to no room.</summary>
    [GeneratedRegex(@"^Artera\.Integration\.(Migrations|Data\.Migrations|_Imports)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Generated();
}
