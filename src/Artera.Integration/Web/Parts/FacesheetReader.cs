using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Access;
using Artera.Integration.Web.Api;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Parts;

/// <summary>Everything staff sees of a patient beside the conversation.</summary>
internal sealed record PatientFacesheet(PatientDetail Patient, IReadOnlyList<FacesheetVisit> Visits);

internal sealed record FacesheetVisit(
    string When,
    string What,
    DateTimeZone Zone,
    EmrStatus SystemStatus,
    PatientStatus PatientStatus,
    bool IsNext,
    EmrStanding? InTheEmr,
    IReadOnlyList<Decision> Decisions);

/// <summary>Reads a facesheet, and writes down that it was seen.</summary>
internal sealed class FacesheetReader(IntegrationDb db, IMediator mediator, AuditLog audit, IHttpContextAccessor http, TimeProvider time)
{
    private const int MostVisits = 20;

    public async Task<PatientFacesheet?> OfChannel(long channelId, EnterpriseDirectory directory, CancellationToken cancellation)
    {
        if (http.HttpContext!.Request.Headers.ContainsKey("X-Live"))
            return null;
        var patientId = await db.Set<PatientChannel>().Where(channel => channel.Id == channelId).Select(channel => channel.PatientId).SingleOrDefaultAsync(cancellation);
        if (patientId is not { } id || await PatientDetail.Read(db, id, cancellation) is not { } patient)
            return null;

        await audit.Seen(http.HttpContext.User.Who(), [id], $"facesheet:{id}", cancellation);
        var appointments = await db.Set<Appointment>().AsNoTracking().Where(row => row.PatientId == id)
            .OrderByDescending(row => row.StartsAt).Take(MostVisits).ToListAsync(cancellation);
        var standings = await db.InTheEmr(appointments.ConvertAll(appointment => appointment.Id), cancellation);
        var decisions = (await mediator.Send(new DecisionsOf(PatientId: id), cancellation)).Where(decision => decision.Module == TriggerModule.Appointment).ToLookup(decision => decision.SubjectId);
        var next = appointments.Where(appointment => appointment.StartsAt > time.Now()).MinBy(appointment => appointment.StartsAt);
        return new PatientFacesheet(
            patient,
            appointments.ConvertAll(appointment => Visit(appointment, directory, standings, [.. decisions[appointment.Id]], appointment == next)));
    }

    private static FacesheetVisit Visit(
        Appointment appointment,
        EnterpriseDirectory directory,
        Dictionary<long, EmrStanding> standings,
        IReadOnlyList<Decision> decisions,
        bool isNext)
    {
        var zone = appointment.PracticeId is { } practice ? directory.Practice(practice).Zone : DateTimeZone.Utc;
        var type = directory.EventType(appointment.Emr, appointment.TypeCode)?.Name.GetValueOrDefault("en") ?? appointment.TypeText ?? appointment.TypeCode;
        var location = directory.Resource(appointment.Emr, ResourceKind.Location, appointment.LocationCode)?.Name ?? appointment.LocationCode;
        return new FacesheetVisit(
            appointment.StartsAt is { } start ? Shown.At(start, zone) : "no time yet",
            string.Join(", ", new[] { type, location }.Where(part => !string.IsNullOrEmpty(part))),
            zone,
            appointment.SystemStatus,
            appointment.PatientStatus,
            isNext,
            standings.GetValueOrDefault(appointment.Id),
            decisions);
    }
}
