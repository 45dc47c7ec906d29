using Artera.Integration.Appointments;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;

namespace Artera.Integration.Tests.Outreach;

/// <summary>product.md §4: the line is the one that the resource of the rule's kind belongs to.</summary>
public sealed class When_a_rule_sends_from_a_resource
{
    [Theory]
    [InlineData(ResourceKind.Location, "+12025550190")]
    [InlineData(ResourceKind.Provider, "+12025550191")]
    [InlineData(ResourceKind.Device, "+12025550192")]
    [InlineData(ResourceKind.General, "+12025550193")]
    public async Task Its_texts_come_from_the_line_of_the_visits_resource_of_that_kind(ResourceKind kind, string number)
    {
        await using var clinic = await Open(kind);

        await Book(clinic, new Coded("ECHO1", "Echo machine 1"));

        (await Asking(clinic)).From.ShouldBe(number);
    }

    [Theory]
    [InlineData("ECHO9")]
    [InlineData(null)]
    public async Task They_come_from_the_practices_first_line_where_nobody_knows_the_resource(string? device)
    {
        await using var clinic = await Open(ResourceKind.Device);

        await Book(clinic, device is null ? Stated<Coded>.Nothing : new Coded(device));

        (await Asking(clinic)).From.ShouldBe("+12025550190");
    }

    [Theory]
    [InlineData("ECHO1", 1)]
    [InlineData("ECHO2", 0)]
    public async Task A_rule_may_hold_only_for_some_devices(string device, int sent)
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        (await clinic.Saves(new TriggerEntry { Name = "Gel", Send = "0 minutes after booked", Only = new() { [FilterOn.Device] = ["ECHO1"] }, Sms = new() { ["en"] = "No gel, please." } })).Problems.ShouldBeEmpty();

        await Book(clinic, new Coded(device));
        await clinic.Look();

        (await clinic.Outbox()).Count(message => message.Body == "No gel, please.").ShouldBe(sent);
    }

    private static async Task<Clinic> Open(ResourceKind kind)
    {
        var clinic = await Clinic.Open("2026-11-02 12:00");
        var at = 0;
        foreach (var (of, code) in new[] { (ResourceKind.Provider, "DR1"), (ResourceKind.Device, "ECHO1"), (ResourceKind.General, "TEAM1") })
        {
            var line = new Line { PracticeId = clinic.PracticeId, Number = $"+1202555019{++at}", Name = code };
            await clinic.Add(line);
            await clinic.Add(new Resource { Emr = "main", Kind = of, ExternalId = code, Name = code, PracticeId = clinic.PracticeId, LineId = line.Id });
        }

        (await clinic.Saves(new TriggerEntry { Name = "Preparing", Send = "0 minutes after booked", SendFrom = kind, Sms = new() { ["en"] = "Please prepare." } })).Problems.ShouldBeEmpty();
        return clinic;
    }

    private static async Task Book(Clinic clinic, Stated<Coded> device) => await clinic.Says(
        await clinic.Patient("P1"), AppointmentChange.Book, "2026-11-24 15:00",
        facts => facts with { Provider = new Coded("DR1"), General = new Coded("TEAM1"), Device = device });

    private static async Task<OutboundMessage> Asking(Clinic clinic)
    {
        await clinic.Look();
        return (await clinic.Outbox()).Single(message => message.Body == "Please prepare.");
    }
}
