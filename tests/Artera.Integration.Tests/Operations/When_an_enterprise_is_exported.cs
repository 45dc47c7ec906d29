using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Hearing;
using Artera.Integration.Tests.Harness;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Operations;

public sealed class When_an_enterprise_is_exported
{
    private static readonly Gen<string> Word = One(
        "North", "null", "~", "yes", "0123", "a: b", "#x", " lead", "trail ", "- dash", "it's \"so\"", "two\nlines", "end\n", "\ttab", "é ñ مرحبًا 👍", "a\r\nb", "{x", "long " + "word ");

    private static readonly Gen<Dictionary<string, string>> Texts = Gen.Select(Word, Word, (en, es) => new Dictionary<string, string> { ["en"] = $"{en} ok".Replace('{', '('), ["es"] = $"¡{es}".Replace('{', '(') });

    private static readonly Gen<TriggerEntry> Entry = Gen.Select(
        One("2 days before start at 10:00", "0 minutes after booked", "1 day before start on business days", "1 month before start at 09:30", "5 minutes after change"),
        Texts, Texts, Gen.Bool, Gen.Enum<QuietMode>(), Gen.Enum<ResourceKind>(), Gen.Bool, Word,
        (send, sms, email, running, quiet, from, filtered, word) => new TriggerEntry
        {
            Send = send,
            Sms = sms,
            Email = new() { Subject = sms, Body = email },
            Voice = filtered ? email : null,
            Merged = running ? new() { Sms = Listed(sms), Email = filtered ? Listed(email) : null } : null,
            SendFrom = from,
            Running = running,
            QuietHours = quiet,
            Asks = !running,
            SkipIfEmpty = filtered,
            Only = running ? new() { [FilterOn.Device] = [$"D {word}", "7"], [FilterOn.NoResponse] = ["Yes"] } : [],
            Never = filtered ? new() { [FilterOn.EventType] = ["LAB", "no"], [FilterOn.Age] = ["0-17"], [FilterOn.General] = ["null"], [FilterOn.SystemStatus] = ["NoShow"] } : [],
        });

    private static readonly Gen<TriggerEntry> OfAnOrder = Gen.Select(
        One("1 month after created at 10:00", "3 days before due at 09:30", "0 minutes after scheduling status change", "0 minutes after authorization status change"), Texts, Gen.Bool, Word,
        (send, sms, filtered, word) => new TriggerEntry
        {
            Module = send.Contains("due", StringComparison.Ordinal) ? TriggerModule.Recall : TriggerModule.Referral,
            Send = send.Contains("created", StringComparison.Ordinal) ? "1 month after created" : send,
            Sms = sms,
            Only = new() { [FilterOn.Priority] = ["R", $"U {word}"] },
            Never = filtered && !send.Contains("due", StringComparison.Ordinal) ? new() { [FilterOn.SchedulingStatus] = ["Scheduled"], [FilterOn.AuthorizationStatus] = ["denied"] } : [],
        });

    private static readonly Gen<Act> Doing = Gen.Select(Texts, Word, Gen.Int[0, 5], Gen.Bool, (texts, word, kind, flag) => kind switch
    {
        0 => new Act { Reply = texts, SkipIfEmpty = flag },
        1 => new Act { Visit = flag ? VisitAct.Confirm : VisitAct.Cancel },
        2 => new Act { Mention = $"desk {word}" },
        3 => new Act { Close = true },
        _ => new Act { NeedsAction = true },
    });

    private static readonly Gen<TriggerEntry> Listening = Gen.Select(Word, Doing.List[1, 4], Gen.Enum<HeardAs>(), Gen.Enum<HeardDuring>(), Gen.Int[0, 100], Gen.Bool, (word, acts, kind, during, cooldown, flag) => new TriggerEntry
    {
        Module = TriggerModule.InboundMessage,
        Hears = new() { Exact = flag ? ["1", "no", $"x{word}"] : [], Contains = [$"say {word}"], As = kind, During = during, CooldownMinutes = cooldown },
        Do = acts,
        Only = flag ? new() { [FilterOn.Line] = ["+12025550109"] } : [],
    });

    [Fact]
    public void An_empty_database_that_takes_it_gives_the_same_bytes() => Gen.Select(Entry, Gen.OneOf(Entry, OfAnOrder), Gen.OneOf(Entry, Listening), Listening, Texts, Word, Gen.Bool).Sample(
        (first, second, own, listening, texts, word, flag) => Task.Run(() => RoundTrip(first, second, own, listening, texts, word, flag)).GetAwaiter().GetResult(), iter: 12, threads: 1);

    [Fact]
    public async Task The_demo_and_its_starting_triggers_too()
    {
        await using var one = await Rooms.Open();
        await Import(one, await System.IO.File.ReadAllTextAsync(DemoFile()));
        var written = await Export(one);
        await using var other = await Rooms.Open();
        await Import(other, written);
        (await Export(other)).ShouldBe(written);
        written.ShouldContain("starting-triggers: false");
        (await Import(other, written)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_practice_that_is_never_open_stays_so()
    {
        await using var one = await Rooms.Open();
        await Import(one, "name: Test\nstarting-triggers: false\npractices: [{ name: North, time-zone: America/New_York, hours: [] }]\n");
        await using var other = await Rooms.Open();
        await Import(other, await Export(one));
        (await other.Read(db => db.Set<Practice>().SingleAsync())).Hours.Open.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_default_that_is_paused_by_a_file_or_the_API_is_a_change()
    {
        await using var rooms = await Rooms.Open();
        await Import(rooms, "name: Test\n");
        (await Import(rooms, await Export(rooms) is var file ? file.Replace("- name: Survey\n", "- name: Survey\n  running: false\n", StringComparison.Ordinal) : "")).ShouldBe(["~ trigger Survey"]);
        (await rooms.Read(db => db.Set<Trigger>().SingleAsync(row => row.Name == "Survey"))).Running.ShouldBeFalse();
    }

    [Theory]
    [InlineData("name: Test\npractises: []\n", "test.yaml:2:1: unknown key 'practises'; did you mean 'practices'?")]
    [InlineData("name: Test\npractices:\n  - name: North\n    timezone: America/New_York\n", "test.yaml:4:5: unknown key 'timezone'; did you mean 'time-zone'?")]
    [InlineData("name: Test\npractices:\n  - name: North\n    time-zone: Mars/Base\n", "test.yaml:4:16: time-zone: 'Mars/Base' is no IANA time zone")]
    [InlineData("name: Test\npractices:\n  - { name: North, time-zone: America/New_York, lines: [{ number: '1', name: Desk }] }\n", "test.yaml:3:67: number: '1' is no E.164 number")]
    public void What_is_wrong_is_said_with_its_place_and_what_was_meant(string yaml, string says)
    {
        using var text = new StringReader(yaml);
        Should.Throw<InvalidDataException>(() => EnterpriseFile.Read(text, "test.yaml")).Message.ShouldStartWith(says);
    }

    [Fact]
    public void The_schema_in_the_documentation_is_the_one_of_the_types() =>
        Repository.Read("docs", "enterprise.schema.json").ShouldBe(EnterpriseSchema.Text, "run: enterprise schema > docs/enterprise.schema.json");

    private static async Task RoundTrip(TriggerEntry first, TriggerEntry second, TriggerEntry own, TriggerEntry listening, Dictionary<string, string> texts, string word, bool flag)
    {
        await using var one = await Rooms.Open();
        await Import(one, "name: Test Health\nstarting-triggers: false\n");
        (first.Name, second.Name, own.Name, listening.Name) = ("Zeta", "Alpha", "Zeta", "Parking");
        await one.Read(async db =>
        {
            var system = await db.Set<HealthSystem>().SingleAsync();
            system.TestFamilyName = word;
            var practices = new[] { "West", "East" }.Select(name => new Practice { HealthSystemId = system.Id, Name = $"{name} {word}", TimeZone = "America/Chicago", ConfirmText = texts }).ToList();
            db.AddRange(practices);
            await db.SaveChangesAsync();
            var lines = practices.Select((practice, at) => new Line { PracticeId = practice.Id, Number = $"+1202555010{9 - at}", Name = $"Desk {word}", OneWay = flag }).ToList();
            db.AddRange(lines);
            db.Add(new Line { PracticeId = practices[0].Id, Number = "+12025550101", Name = "Second" });
            await db.SaveChangesAsync();
            db.Add(new Resource { Emr = "main", Kind = ResourceKind.Device, ExternalId = $"D {word}", Name = "Scanner", PracticeId = practices[0].Id, LineId = lines[0].Id, Address = word });
            db.Add(new Resource { Emr = "epic", Kind = ResourceKind.Location, ExternalId = "L", Name = "Hall", PracticeId = practices[1].Id });
            db.Add(new EventType { Emr = "main", ExternalId = "NEW", Name = texts, Completes = ["R1", word] });
            db.Add(new Holiday { HealthSystemId = system.Id, Name = $"x{word}", Date = new(2026, 12, 25), Yearly = true });
            db.Add(new Holiday { HealthSystemId = system.Id, PracticeId = practices[0].Id, Name = "open", Date = new(2026, 12, 25), OpenAnyway = true });
            await db.SaveChangesAsync();
            return true;
        });
        var practice = await one.Read(db => db.Set<Practice>().FirstAsync());
        var saved = await one.Send(new SaveTrigger(practice.HealthSystemId, null, first, "test"));
        saved.Problems.ShouldBeEmpty();
        (await one.Send(new SaveTrigger(practice.HealthSystemId, null, second, "test"))).Problems.ShouldBeEmpty();
        (await one.Send(new SaveTrigger(practice.HealthSystemId, null, listening, "test"))).Problems.ShouldBeEmpty();
        (await one.Send(new SaveTrigger(practice.HealthSystemId, practice.Id, own, "test"))).Problems.ShouldBeEmpty();
        (await one.Send(new ChooseTrigger(saved.Trigger!.Id, practice.Id, new() { Running = flag ? false : null, Only = flag ? new() { [FilterOn.Sex] = ["Female"] } : [] }, "test"))).Problems.ShouldBeEmpty();

        var written = await Export(one);
        await using var other = await Rooms.Open();
        await Import(other, written);
        (await Export(other)).ShouldBe(written);
    }

    private static Task<string> Export(Rooms rooms) => rooms.Read(async db => await ExportEnterprise.Run(db, await db.Set<HealthSystem>().SingleAsync(), CancellationToken.None));

    private static Task<IReadOnlyList<string>> Import(Rooms rooms, string yaml) => rooms.Read(async db =>
    {
        using var text = new StringReader(yaml);
        return await SetUpEnterprise.Run(db, EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None, rooms.Clock);
    });

    private static Dictionary<string, string> Listed(Dictionary<string, string> texts) => texts.ToDictionary(text => text.Key, text => $"{text.Value} {{eventList}}");

    private static Gen<string> One(params string[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    private static string DemoFile() => Path.Combine(Repository.Root, "src", "Artera.Integration", "Demo", "enterprise.yaml");
}
