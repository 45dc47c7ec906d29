using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Replies;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Clinic = Artera.Integration.Tests.Outreach.Clinic;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_an_asked_patient_texts_back
{
    private const string Cell = "+12025550101";

    [Theory]
    [OnEveryDatabase("en", "Y", "confirm", PatientStatus.Confirmed)]
    [OnEveryDatabase("es-MX", "¡Sí, gracias!", "confirm", PatientStatus.Confirmed)]
    [OnEveryDatabase("es", "no gracias", "cancel", PatientStatus.Cancelled)]
    [OnEveryDatabase("ar", "نَعَم", "confirm", PatientStatus.Confirmed)]
    [OnEveryDatabase("ar", "لا شكراً", "cancel", PatientStatus.Cancelled)]
    public async Task The_visit_is_answered_acknowledged_and_in_the_conversation(DatabaseProvider on, string language, string words, string meaning, PatientStatus status)
    {
        await using var clinic = await Clinic.OpenOn(on, "2026-11-02 12:00");
        var patient = await clinic.Patient("P1", Cell, facts => facts with { Language = language });
        var visit = await clinic.Books(patient, "2026-11-24 15:05");
        await clinic.Until("2026-11-17 10:00");
        var before = (await clinic.Outbox()).Count;

        (await Hear(clinic, words)).ShouldBe(meaning);
        await clinic.Look();

        (await clinic.Read(db => db.Set<Appointment>().SingleAsync(row => row.Id == visit.Id))).PatientStatus.ShouldBe(status);
        var acknowledged = (await clinic.Outbox()).Skip(before).ShouldHaveSingleItem();
        acknowledged.Priority.ShouldBe(Priority.Reply);
        var lines = await clinic.Read(db => db.Set<ChannelLine>().OrderBy(line => line.Id).ToListAsync());
        lines.TakeLast(3).Select(line => line.Kind).ShouldBe([LineKind.Inbound, LineKind.Event, LineKind.Outbound]);
        lines[^1].OutboundMessageId.ShouldBe(acknowledged.Id);
        lines.Select(line => line.ChannelId).Distinct().ShouldHaveSingleItem();
    }

    [Theory, OnEveryDatabase]
    public async Task After_an_opt_out_nothing_more_is_sent_and_after_an_opt_in_the_rest_is(DatabaseProvider on)
    {
        await using var clinic = await Clinic.OpenOn(on, "2026-11-02 12:00");
        await clinic.Books(await clinic.Patient("P1", Cell), "2026-11-24 15:05");
        await clinic.Until("2026-11-17 10:00");
        var before = (await clinic.Outbox()).Count;

        await Hear(clinic, "STOP");
        await clinic.Until("2026-11-22 16:00");
        (await clinic.Outbox()).Count.ShouldBe(before);

        await Hear(clinic, "START");
        await clinic.Until("2026-11-23 16:00");
        (await clinic.Outbox()).Count.ShouldBe(before + 1);
    }

    private static async Task<string> Hear(Clinic clinic, string words)
    {
        await clinic.Send(new KeepInboundText($"SM-{words}", Cell, "+12025550190", words));
        var text = await clinic.Read(db => db.Set<InboundText>().OrderByDescending(row => row.Id).FirstAsync());
        return await clinic.Send(new ReadReply(text.Id));
    }
}
