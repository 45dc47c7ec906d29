using System.Globalization;
using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery.Words;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Wording;
using Artera.Integration.Patients;
using Artera.Integration.Replies;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using static Artera.Integration.Web.Links.LinkPage;

namespace Artera.Integration.Web.Links;

/// <summary>What the page behind a link shows: when and where, how it stands, and what can be answered. Never for what, or whom.</summary>
/// <param name="Visits">Those that can still be answered, the earliest first.</param>
internal sealed record ConfirmView(ConfirmLink Link, IReadOnlyList<Appointment> Visits, IReadOnlyList<long> Patients, Practice? Practice, Line? Line, EnterpriseDirectory Directory, Spoken Words, Instant Now)
{
    public bool IsExpired => Link.ExpiresAt <= Now;

    /// <summary>The times that are shown: who answers to others is shown these first.</summary>
    public string Shown => string.Join('.', Visits.Select(visit => visit.LastsUntil()!.Value.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    private bool HasMoved => Visits.Any(visit => Link.Visits.Any(told => told.AppointmentId == visit.Id && told.Until != visit.LastsUntil()));

    public static async Task<ConfirmView> Load(IntegrationDb db, EnterpriseDirectory directory, ConfirmLink link, Instant now, CancellationToken cancellation)
    {
        var ids = link.Visits.Select(told => told.AppointmentId).ToArray();
        var visits = await db.Set<Appointment>().AsNoTracking().Where(visit => ids.Contains(visit.Id)).ToListAsync(cancellation);
        var patients = visits.Select(visit => visit.PatientId).Distinct().ToList();
        var language = await db.Set<Patient>().Where(patient => patients.Contains(patient.Id)).Select(patient => patient.Language).FirstOrDefaultAsync(cancellation);
        var placed = visits.Find(visit => visit.PracticeId is not null);
        var practice = placed is null ? null : directory.Practice(placed.PracticeId!.Value);
        var line = placed is null ? null : directory.LineOf(placed.Emr, ResourceKind.Location, placed.LocationCode, practice!.Id);
        var spoken = Languages.Choose([.. Spoken.Known], language, practice is null ? "en" : directory.HealthSystemOf(practice).BaseLanguage);
        var open = visits.Where(visit => visit.IsLive && visit.PracticeId is not null && visit.LastsUntil() > now).OrderBy(visit => visit.StartsAt).ToList();
        return new(link, open, patients, practice, line, directory, Spoken.In(spoken), now);
    }

    public IResult Render(HttpContext http, RepliesOptions options, bool movedMeanwhile)
    {
        var page = Words.Page;
        var title = Practice is null ? page.Title : $"{page.Title} – {Practice.Name}";
        if (IsExpired)
            return Of(http, Words, title, Paragraph(page.Expired) + Call(), StatusCodes.Status410Gone);
        if (Visits.Count == 0)
            return Of(http, Words, title, Paragraph(page.NotAny) + Call());

        var main = new StringBuilder();
        var standing = Visits.Select(visit => visit.PatientStatus).Distinct().ToList() is [var one] ? one : PatientStatus.Unconfirmed;
        if (HasMoved || movedMeanwhile)
            main.Append(Said(page.Moved));
        if (standing != PatientStatus.Unconfirmed)
            main.Append(Said(standing switch { PatientStatus.Confirmed => page.Confirmed, PatientStatus.Cancelled => page.Cancelled, _ => page.RescheduleRequested }));
        main.Append("<ul>").AppendJoin('\n', Visits.Select(Item)).Append("</ul>");
        if (standing == PatientStatus.Unconfirmed || options.AcceptChangeOfMind)
        {
            main.Append(Paragraph(standing != PatientStatus.Unconfirmed ? page.ChangeMind : Visits.Count > 1 ? page.AskSeveral : page.Ask));
            main.Append(CultureInfo.InvariantCulture, $"""<form method="post"><input type="hidden" name="shown" value="{Shown}">""");
            Button(PatientStatus.Confirmed, "confirm", page.Confirm);
            Button(PatientStatus.Cancelled, "cancel", page.Cancel);
            if (options.AcceptReschedule)
                Button(PatientStatus.RescheduleRequested, "reschedule", page.Reschedule);
            main.Append("</form>");
        }

        return Of(http, Words, title, main.Append(Call()).ToString());

        void Button(PatientStatus answer, string value, string words)
        {
            if (standing != answer)
                main.Append(CultureInfo.InvariantCulture, $"""<button{(answer == PatientStatus.Confirmed ? " class=\"first\"" : "")} name="answer" value="{value}">{Text(words)}</button>""");
        }
    }

    private string Item(Appointment visit)
    {
        var zone = Directory.Practice(visit.PracticeId!.Value).Zone;
        var said = DateWords.In(Words.Language);
        var start = (visit.DayOnly ? visit.StartsAt!.Value + Duration.FromHours(12) : visit.StartsAt!.Value).InZone(zone);
        var when = visit.DayOnly ? said.Date(start.Date, Now.InZone(zone).Date) : said.DateAtTime(start.LocalDateTime, Now.InZone(zone).Date);
        var address = Directory.Resource(visit.Emr, ResourceKind.Location, visit.LocationCode)?.Address;
        return $"""<li><span class="when">{Text(when)}</span>{(string.IsNullOrWhiteSpace(address) ? "" : $"<br><bdi>{Text(address)}</bdi>")}</li>""";
    }

    private string Call()
    {
        if (Line is null)
            return "";
        var number = $"""<a href="tel:{Text(Line.Number)}"><bdi dir="ltr">{Text(PhoneNumber.Readable(Line.Number))}</bdi></a>""";
        return $"<p>{Text(Words.Page.Call).Replace("{0}", number, StringComparison.Ordinal)}</p>";
    }
}
