using System.Net;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_patients_are_called : Every_provider_that_can_be_asked
{
    private VoiceWorld Voice => (VoiceWorld)World;

    private FakeTwilio Twilio => Voice.Twilio;

    [Fact]
    public async Task Twilio_is_told_whom_to_call_and_where_to_ask()
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        var form = QueryHelpers.ParseQuery(Twilio.LastPost!.Body);
        form["Url"].ToString().ShouldBe($"{TwilioWorld.PublicUrl}/webhooks/twilio/voice?message={message.Id}");
        form["StatusCallback"].ToString().ShouldBe($"{TwilioWorld.PublicUrl}/webhooks/twilio/calls?message={message.Id}");
        form["MachineDetection"].ToString().ShouldBe("DetectMessageEnd");
        form["From"].ToString().ShouldBe(MediumWorld.LineNumber);
    }

    [Fact]
    public async Task The_message_is_read_out_in_its_language_and_then_the_keys()
    {
        await World.Becomes(await World.Queue(World.Message("Cita <martes> & \"9:30\"") with { Language = "es-MX", Asks = true }), OutboundState.Sent);

        var response = await Voice.Answer(Twilio.Texts.Single());

        var says = response.Element("Gather")!.Elements("Say").ToList();
        says[0].Value.ShouldBe("Cita <martes> & \"9:30\"");
        says.ShouldAllBe(say => say.Attribute("language")!.Value == "es-US");
        says[1].Value.ShouldBe("Para confirmar, marque 1. Para cancelar, marque 5. Para escuchar de nuevo, marque 9.");
        response.Element("Gather")!.Attribute("numDigits")!.Value.ShouldBe("1");
    }

    [Fact]
    public async Task A_machine_hears_the_message_without_the_keys()
    {
        await World.Becomes(await World.Queue(World.Message() with { Asks = true }), OutboundState.Sent);

        var response = await Voice.Answer(Twilio.Texts.Single(), by: "machine_end_beep");

        response.Elements("Say").ShouldHaveSingleItem().Value.ShouldBe("See you on Tuesday at 9:30.");
        response.Elements("Gather").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1", PatientStatus.Confirmed, "Thank you. Your appointment is confirmed. Goodbye.")]
    [InlineData("5", PatientStatus.Cancelled, "Thank you. We are cancelling your appointment. Goodbye.")]
    public async Task A_key_is_an_answer(string key, PatientStatus becomes, string said)
    {
        var visit = await Asked();
        var call = Twilio.Texts.Single();

        (await Voice.Answer(call, key: key)).Value.ShouldBe(said);
        (await Voice.Answer(call, key: key)).Value.ShouldBe(said);

        (await Visit(visit)).PatientStatus.ShouldBe(becomes);
        (await World.Server.Read(db => db.Set<OpenQuestion>().SingleAsync())).State.ShouldBe(QuestionState.Answered);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("7")]
    public async Task Any_other_key_says_it_again(string key)
    {
        var visit = await Asked();

        var again = await Voice.Answer(Twilio.Texts.Single(), key: key);

        again.Element("Gather")!.Elements("Say").First().Value.ShouldBe("Will you come?");
        (await Visit(visit)).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
    }

    [Fact]
    public async Task A_visit_that_has_begun_is_not_answered()
    {
        var visit = await Asked();
        World.Clock.Advance(TimeSpan.FromDays(4));

        (await Voice.Answer(Twilio.Texts.Single(), key: "1")).Value.ShouldBe("This appointment can no longer be changed here. Please call us. Goodbye.");

        (await Visit(visit)).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("no-answer")]
    public async Task Who_does_not_answer_is_called_again_after_a_pause_and_not_for_ever(string status)
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        for (var call = 1; call <= 3; call++)
        {
            var made = await World.Server.Until(_ => Task.FromResult(Twilio.Texts), calls => calls.Count == call);
            await World.Becomes(message, row => row.State == OutboundState.Sent && row.ProviderId == made[^1].Sid, timePasses: false);
            await Voice.ReportCall(made[^1], status);
            await Voice.ReportCall(made[0], status);
            World.Clock.Advance(TimeSpan.FromMinutes(31));
        }

        var row = await World.Becomes(message, _ => true);
        (row.State, row.Delivery, row.FailureCode).ShouldBe((OutboundState.Sent, DeliveryState.Undelivered, $"call-{status}"));
        (await World.Attempts(message)).Select(attempt => attempt.ProviderId).ShouldBe(Twilio.Texts.Select(call => call.Sid));
        Twilio.Texts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_called_again_before_the_pause_is_over()
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);
        await Voice.ReportCall(Twilio.Texts.Single(), "busy");

        var waits = await World.Becomes(message, row => row.State == OutboundState.Queued, timePasses: false);
        (World.Clock.Now() + Duration.FromMinutes(30) - waits.DueAt).ShouldBeInRange(Duration.Zero, Duration.FromSeconds(1));
        World.Clock.Advance(TimeSpan.FromMinutes(29));
        await World.Becomes(await World.Queue(World.Message("to somebody else", person: 2)), row => row.State == OutboundState.Sent, timePasses: false);

        Twilio.Texts.Count(call => call.To == message.To).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_is_called_again_when_it_has_lost_its_meaning()
    {
        var message = await World.Becomes(await World.Queue(World.Message() with { NotAfter = World.Clock.Now() + Duration.FromMinutes(20) }), row => row.State == OutboundState.Sent, timePasses: false);

        await Voice.ReportCall(Twilio.Texts.Single(), "no-answer");

        (await World.Becomes(message, _ => true)).Delivery.ShouldBe(DeliveryState.Undelivered);
    }

    [Fact]
    public async Task Key_8_stops_such_calls_and_is_announced()
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);
        var call = Twilio.Texts.Single();

        (await Voice.Answer(call)).Element("Gather")!.Elements("Say").Last().Value.ShouldBe("To get no more calls like this one, press 8.");
        (await Voice.Answer(call, key: "8")).Value.ShouldBe("You will get no more calls like this one. Goodbye.");

        (await World.Server.Read(db => db.Set<OptOut>().SingleAsync())).ShouldSatisfyAllConditions(row => row.Number.ShouldBe(message.To), row => row.Source.ShouldBe("call"));
        (await World.Becomes(await World.Queue(World.Message("again")), OutboundState.Failed)).FailureCode.ShouldBe("opted-out");
    }

    [Fact]
    public async Task Who_has_just_asked_is_offered_no_way_out()
    {
        await World.Becomes(await World.Queue(World.Message(priority: Priority.Reply)), OutboundState.Sent);

        (await Voice.Answer(Twilio.Texts.Single(), key: "8")).Elements("Say").Select(say => say.Value).ShouldBe(["See you on Tuesday at 9:30.", "Goodbye."]);
        (await World.Server.Read(db => db.Set<OptOut>().AnyAsync())).ShouldBeFalse();
    }

    [Theory]
    [InlineData("en", "en-US", "To get no more calls like this one, call 1 8 0 0 5 5 5 0 1 0 0.")]
    [InlineData("es-MX", "es-US", "Para no recibir más llamadas como esta, llame al 1 8 0 0 5 5 5 0 1 0 0.")]
    public async Task A_machine_is_told_the_number_for_it(string language, string voice, string said)
    {
        await using var world = await VoiceWorld.Open(new KeyValuePair<string, string?>("Delivery:Calls:OptOutNumber", "+18005550100"));
        await world.Becomes(await world.Queue(world.Message("Hola.") with { Asks = true, Language = language }), OutboundState.Sent);

        var response = await world.Answer(world.Twilio.Texts.Single(), by: "machine_end_silence");

        response.Descendants("Gather").ShouldBeEmpty();
        response.Elements("Say").Select(say => say.Value).ShouldBe(["Hola.", said]);
        response.Elements("Say").ShouldAllBe(say => say.Attribute("language")!.Value == voice);
    }

    [Theory]
    [InlineData("failed", DeliveryState.Failed)]
    [InlineData("canceled", DeliveryState.Failed)]
    public async Task How_it_ended_is_recorded(string status, DeliveryState becomes)
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        await Voice.ReportCall(Twilio.Texts.Single(), status);
        await Voice.ReportCall(Twilio.Texts.Single(), "ringing");

        var row = await World.Becomes(message, _ => true);
        (row.Delivery, row.FailureCode).ShouldBe((becomes, $"call-{status}"));
        FailureWords.For(row.FailureCode!).ShouldEndWith(".");
    }

    [Fact]
    public async Task Nobody_else_hears_it()
    {
        await World.Becomes(await World.Queue(), OutboundState.Sent);
        var call = Twilio.Texts.Single();

        using var unsigned = await Voice.Call(call.Url![TwilioWorld.PublicUrl.Length..], new() { ["To"] = call.To }, signature: "x");

        unsigned.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Voice.Answer(call with { To = "+15125550109" })).Element("Hangup").ShouldNotBeNull();
    }

    protected override async Task<MediumWorld> Open() => await VoiceWorld.Open();

    protected override void NextAsksForAPauseOf(TimeSpan pause) =>
        Twilio.NextSays(429, 20429, ("Retry-After", ((int)pause.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    protected override void NextRefuses() => Twilio.NextSays(400, 21214);

    protected override void NextSaysOptedOut() => Twilio.NextSays(400, 21610);

    protected override void NextSaysNotMobile() => Twilio.NextSays(400, 21614);

    protected override void NextTakesItButFails() => Twilio.NextTakesItBut(500);

    protected override void NextTakesItAndIsSilent() => Twilio.NextTakesItAndIsSilent();

    protected override void NextIsSilent() => Twilio.NextIsSilent();

    private Task<Appointment> Visit(Appointment visit) => World.Server.Read(db => db.Set<Appointment>().AsNoTracking().SingleAsync(row => row.Id == visit.Id));

    private async Task<Appointment> Asked()
    {
        var now = World.Clock.Now();
        var patient = new Patient { Emr = "main", ExternalId = "P1" };
        await World.Server.Write(patient);
        var visit = new Appointment
        {
            Emr = "main",
            ExternalId = "V1",
            Feed = "main",
            PatientId = patient.Id,
            PracticeId = 1,
            BookedAt = now,
            StartsAt = now + Duration.FromDays(3),
        };
        await World.Server.Write(visit);
        var message = await World.Becomes(await World.Queue(World.Message("Will you come?") with { PatientId = patient.Id, Asks = true }), OutboundState.Sent);
        await World.Server.Write(new OpenQuestion
        {
            LineId = MediumWorld.LineId,
            Number = message.To,
            PatientId = patient.Id,
            AppointmentId = visit.Id,
            OutboundMessageId = message.Id,
            AskedAt = now,
            ClosesAt = visit.StartsAt!.Value,
        });
        return visit;
    }
}
