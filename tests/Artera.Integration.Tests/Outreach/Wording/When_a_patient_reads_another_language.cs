using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;

namespace Artera.Integration.Tests.Outreach.Wording;

public sealed class When_a_patient_reads_another_language
{
    [Fact]
    public async Task Spanish_of_Mexico_gets_the_Spanish_text_with_Spanish_dates()
    {
        await using var clinic = await Asked("es-MX");
        (await clinic.Outbox())[^1].Body.ShouldBe(
            "Maple Clinic: Ana, tiene una cita el martes, 24 de noviembre a las 15:05. Responda S para confirmar o N para cancelar.");
    }

    [Fact]
    public async Task Arabic_runs_from_right_to_left_and_keeps_Latin_names_whole()
    {
        await using var clinic = await Asked("ar");
        (await clinic.Outbox())[^1].Body.ShouldBe(
            "\u2068Maple Clinic\u2069: \u2068Ana\u2069، لديك موعد يوم الثلاثاء 24 نوفمبر الساعة 3:05 م. للتأكيد أرسل 1، وللإلغاء أرسل 2.");
        (await clinic.Outbox())[0].Body.ShouldContain("\u2066(202) 555-0190\u2069");
    }

    [Fact]
    public async Task A_language_without_a_text_gets_the_base_language_with_its_dates()
    {
        await using var clinic = await Asked("vi");
        (await clinic.Outbox())[^1].Body.ShouldContain("on Tuesday, November 24 at 3:05 PM. Reply Y");
    }

    [Fact]
    public async Task The_practice_words_the_question_its_own_way()
    {
        await using var clinic = await Asked("es", practice => practice.ConfirmText = new() { ["en"] = "Text C to confirm.", ["es"] = "Envíe C para confirmar." });
        (await clinic.Outbox())[^1].Body.ShouldEndWith("15:05. Envíe C para confirmar.");
    }

    [Fact]
    public async Task The_patients_language_goes_before_the_practices_own_words()
    {
        await using var clinic = await Asked("es", practice => practice.ConfirmText = new() { ["en"] = "Text C to confirm." });
        (await clinic.Outbox())[^1].Body.ShouldEndWith("Responda S para confirmar o N para cancelar.");
    }

    [Fact]
    public async Task Every_phrase_has_its_value()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Add(
            new EventType { Emr = "main", ExternalId = "MRI", Name = new() { ["en"] = "MRI scan" }, Instructions = new() { ["en"] = "Leave metal at home." } },
            new Resource { Emr = "main", Kind = ResourceKind.Provider, ExternalId = "D1", Name = "Dr. Gray", PracticeId = clinic.PracticeId });
        await clinic.Change<Resource>(resource => resource.Kind == ResourceKind.Location, place => (place.Address, place.Phone) = ("1 Maple Street", "+12025550188"));
        await clinic.Change<Trigger>(trigger => trigger.Name == "Booked", trigger => trigger.Texts =
        [
            new TriggerText
            {
                Medium = Medium.Sms,
                Body = new()
                {
                    ["en"] = "{clientFirstName}|{clientLastName}|{clientPreferredName}|{enterpriseName}|{lineName}|{wellPhone}|{eventName}|{eventInstructions}|{eventDate}|{eventTime}|{eventDateAtTimeShort}|{eventProviderName}|{eventLocationName}|{eventLocationAddress}|{eventLocationPhone}|{practiceName}|{userFirstName}{userLastName}",
                },
            },
        ]);
        var patient = await clinic.Patient("P1", with: facts => facts with { Preferred = "ANNIE" });
        await clinic.Says(patient, AppointmentChange.Book, "2026-11-24 15:05", facts => facts with { Type = new Coded("MRI"), Provider = new Coded("D1") });
        await clinic.Look();

        (await clinic.Outbox())[0].Body.ShouldBe(
            "ANA|LOPEZ|Annie|Test Health|Front desk|(202) 555-0190|MRI scan|Leave metal at home.|Tuesday, November 24|3:05 PM|Nov 24, 3:05 PM|Dr. Gray|Maple Street|1 Maple Street|(202) 555-0188|Maple Clinic|");
    }

    [Fact]
    public async Task A_text_marked_so_is_not_sent_with_a_hole_in_it()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Change<Trigger>(trigger => trigger.Name == "Booked", trigger => trigger.Texts =
            [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = "See {eventProviderName}" }, SkipIfEmpty = true }]);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:05");
        await clinic.Look();

        (await clinic.Ledger()).ShouldContain("Booked | NotSent | 2026-11-02 12:00 | empty-phrase");
    }

    [Fact]
    public async Task Nor_with_a_hole_in_the_subject_of_an_e_mail()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Change<Trigger>(trigger => trigger.Name == "Booked", trigger => trigger.Texts =
            [new TriggerText { Medium = Medium.Email, Subject = new() { ["en"] = "With {eventProviderName}" }, Body = new() { ["en"] = "See you" }, SkipIfEmpty = true }]);
        await clinic.Books(await clinic.Patient("P1", with: facts => facts with { Email = "ana@example.org" }), "2026-11-24 15:05");
        await clinic.Look();

        (await clinic.Ledger()).ShouldContain("Booked | NotSent | 2026-11-02 12:00 | empty-phrase");
    }

    private static async Task<Clinic> Asked(string language, Action<Practice>? practice = null)
    {
        var clinic = await Clinic.Open("2026-11-02 12:00");
        if (practice is not null)
            await clinic.Change<Practice>(_ => true, practice);
        await clinic.Books(await clinic.Patient("P1", with: facts => facts with { Language = language }), "2026-11-24 15:05");
        await clinic.Until("2026-11-17 10:00");
        return clinic;
    }
}
