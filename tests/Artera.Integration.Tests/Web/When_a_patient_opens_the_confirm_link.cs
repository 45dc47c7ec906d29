using System.Net;
using System.Text.RegularExpressions;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Delivery.Words;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Artera.Integration.Tests.Web;

public sealed partial class When_a_patient_opens_the_confirm_link : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 2, 15, 0, 0, TimeSpan.Zero));
    private TestServer server = null!;
    private HttpClient phone = null!;
    private long patientId;
    private long visitId;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(clock, services: null, new("Links:PublicUrl", "https://v.example.org"), new("Replies:AcceptReschedule", "true"));
        phone = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Http };

        // As through a reverse proxy: a patient is nobody on this machine.
        phone.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        await server.Write(new HealthSystem { Name = "Example Health" });
        await server.Write(new Practice { HealthSystemId = 1, Name = "Example Clinic", TimeZone = "America/Chicago" });
        await server.Write(new Line { PracticeId = 1, Number = "+15125550199", Name = "Front desk" });
        var patient = new Patient { Emr = "main", ExternalId = "P1", Given = "Rosario", Family = "Ejemplo", Language = "es-MX" };
        await server.Write(patient);
        patientId = patient.Id;
        visitId = await Book("V1", Duration.FromDays(3));
    }

    public async ValueTask DisposeAsync()
    {
        phone.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_says_when_and_not_for_what_or_whom()
    {
        var path = await Link(visitId);
        path.Length.ShouldBeLessThan(30);

        using var answer = await phone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await Html(answer);
        page.ShouldContain("<html lang=\"es\" dir=\"ltr\">");
        page.ShouldContain("jueves, 5 de noviembre a las 09:00", Case.Insensitive, customMessage: page);
        page.ShouldNotContain("Rosario");
        page.ShouldNotContain("ONCOLOGY", Case.Insensitive);
        page.ShouldNotContain("<script", Case.Insensitive);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Robots-Tag").ShouldHaveSingleItem().ShouldContain("noindex");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'");
        answer.Headers.GetValues("Referrer-Policy").ShouldHaveSingleItem().ShouldBe("no-referrer");
    }

    [Fact]
    public async Task The_number_to_call_is_the_one_that_the_text_came_from_and_addresses_read_in_their_own_direction()
    {
        await server.Write(new Line { PracticeId = 1, Number = "+15125550188", Name = "Pediatrics" });
        await server.Write(new Resource { PracticeId = 1, LineId = 2, Emr = "main", Kind = ResourceKind.Location, ExternalId = "PEDS", Name = "Pediatrics", Address = "14 River Street" });
        await Change(visit => visit.LocationCode = "PEDS");

        var page = await Look(await Link(visitId));

        page.ShouldContain("tel:+15125550188");
        page.ShouldNotContain("+15125550199");
        page.ShouldContain("<bdi>14 River Street</bdi>");
    }

    [Fact]
    public async Task The_link_in_a_text_opens_the_page_of_its_visit()
    {
        await server.Write(new ContactPoint { PatientId = patientId, Tag = ContactTag.Cell, Address = "+15125550101" });
        await server.Write(new Trigger { HealthSystemId = 1, Name = "Booked", Timing = TimingWords.Read("0 minutes after booked"), Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["es"] = "Confirme: {eventConfirmLink}" } }] });
        var facts = new AppointmentFacts { Id = "V2", Start = new VisitStart(clock.Now() + Duration.FromDays(9)) };
        await server.Send(new RecordAppointment("main", "main", patientId, 1, AppointmentChange.Book, facts, new MessageVersion(clock.Now(), "1"), null));

        var text = (await server.Until(db => db.Set<OutboundMessage>().AsNoTracking().ToListAsync(), texts => texts.Count == 1))[0].Body;
        text.ShouldStartWith("Confirme: https://v.example.org/c/");
        var path = text["Confirme: https://v.example.org".Length..];
        (await Look(path)).ShouldContain("miércoles, 11 de noviembre a las 09:00");
        await Tap(path, "confirm");
        (await server.Read(db => db.Set<Appointment>().SingleAsync(row => row.ExternalId == "V2"))).PatientStatus.ShouldBe(PatientStatus.Confirmed);
        (await Visit()).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
    }

    [Fact]
    public async Task Looking_answers_nothing()
    {
        var path = await Link(visitId);
        for (var look = 0; look < 3; look++)
            (await phone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        (await phone.SendAsync(head, TestContext.Current.CancellationToken)).Dispose();

        (await Visit()).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
        (await server.Read(db => db.Set<AuditEntry>().Select(entry => entry.What).Distinct().ToListAsync())).ShouldBe(["read"]);
    }

    [Theory]
    [InlineData("confirm", PatientStatus.Confirmed, "Su cita queda confirmada.")]
    [InlineData("cancel", PatientStatus.Cancelled, "Cancelaremos su cita.")]
    [InlineData("reschedule", PatientStatus.RescheduleRequested, "buscar otro horario.")]
    public async Task One_tap_answers(string tap, PatientStatus becomes, string said)
    {
        var path = await Link(visitId);

        (await Tap(path, tap)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        (await Visit()).PatientStatus.ShouldBe(becomes);
        (await Look(path)).ShouldContain(said);
        var entry = await server.Read(db => db.Set<AuditEntry>().SingleAsync(row => row.What == "answered"));
        (entry.Who, entry.PatientId, entry.Subject).ShouldBe(("link", patientId, $"appointment:{visitId}"));
    }

    [Fact]
    public async Task Minds_can_change()
    {
        var path = await Link(visitId);
        await Tap(path, "confirm");

        await Tap(path, "cancel");

        (await Visit()).PatientStatus.ShouldBe(PatientStatus.Cancelled);
    }

    [Fact]
    public async Task A_tap_on_a_time_that_has_changed_meanwhile_is_asked_again()
    {
        var path = await Link(visitId);
        var page = await Look(path);
        await Change(visit => visit.StartsAt += Duration.FromDays(1));

        var shown = await Html(await Post(path, "confirm", Shown().Match(page).Groups["shown"].Value));

        shown.ShouldContain("Esta cita ha cambiado.");
        shown.ShouldContain("viernes, 6 de noviembre");
        (await Visit()).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
        (await Tap(path, "confirm")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Visit()).PatientStatus.ShouldBe(PatientStatus.Confirmed);
    }

    [Fact]
    public async Task A_cancelled_visit_and_a_past_one_say_so_kindly()
    {
        var path = await Link(visitId);
        await Change(visit => visit.SystemStatus = EmrStatus.Cancelled);
        (await Look(path)).ShouldContain("Esta cita ya no está en nuestra agenda.");

        clock.Advance(TimeSpan.FromDays(4));
        using var gone = await phone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        gone.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await Html(gone)).ShouldContain("Este enlace ya no es válido");
        (await Post(path, "confirm", "")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await Visit()).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
    }

    [Fact]
    public async Task Several_visits_of_a_message_are_answered_together()
    {
        var second = await Book("V2", Duration.FromDays(3) + Duration.FromHours(2));
        var path = await Link(visitId, second);

        await Tap(path, "confirm");

        (await server.Read(db => db.Set<Appointment>().Select(visit => visit.PatientStatus).ToListAsync())).ShouldAllBe(status => status == PatientStatus.Confirmed);
    }

    [Fact]
    public async Task A_link_that_we_have_not_made_leads_nowhere()
    {
        var path = await Link(visitId);
        foreach (var other in new[] { "/c/x", "/c/AAAAAAAAAAAAAAAAAAAAAAA", path[..^1] + (path[^1] == 'A' ? 'E' : 'A'), path.Replace("/c/", "/u/", StringComparison.Ordinal) })
        {
            using var answer = await phone.GetAsync(new Uri(other, UriKind.Relative), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, other);
        }

        (await Post(path[..^2] + "AA", "confirm", "")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void There_are_words_in_every_language_that_replies_are_read_in()
    {
        Spoken.Known.Order(StringComparer.Ordinal).ShouldBe(["ar", "en", "es", "fr", "pt", "ru", "vi", "zh"]);
        foreach (var words in Spoken.Known.Select(Spoken.In))
        {
            words.Page.Call.ShouldContain("{0}");
            typeof(PageWords).GetProperties().Where(word => word.PropertyType == typeof(string)).ShouldAllBe(word => !string.IsNullOrWhiteSpace((string?)word.GetValue(words.Page)));
            typeof(CallWords).GetProperties().Where(word => word.PropertyType == typeof(string)).ShouldAllBe(word => !string.IsNullOrWhiteSpace((string?)word.GetValue(words.Call)));
            typeof(EmailWords).GetProperties().Where(word => word.PropertyType == typeof(string)).ShouldAllBe(word => !string.IsNullOrWhiteSpace((string?)word.GetValue(words.Email)));
        }
    }
}
