using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Tests.Web;

/// <summary>Rows of a small practice with one line, each in one line of a story.</summary>
public abstract class PracticeRows(IntegrationDb db, Instant now)
{
    public Practice Practice { get; private set; } = null!;

    public Line Line { get; private set; } = null!;

    protected Instant Now => now;

    protected async Task SetUp()
    {
        var system = await Keep(new HealthSystem { Name = "Riverside Health" });
        Practice = await Keep(new Practice { HealthSystemId = system.Id, Name = "Riverside Family Medicine", TimeZone = "America/New_York" });
        Line = await Keep(new Line { PracticeId = Practice.Id, Number = "+12025550110", Name = "Front desk" });
    }

    protected async Task<T> Keep<T>(T row)
        where T : class
    {
        db.Add(row);
        await db.SaveChangesAsync();
        return row;
    }

    protected async Task<Patient> NewPatient(string id, string given, string family, string language, string cell)
    {
        var patient = new Patient { Emr = "main", ExternalId = id, Given = given, Family = family, Language = language, Born = new LocalDate(1980, 2, 29), Sex = Sex.Female };
        patient.ContactPoints.Add(new ContactPoint { Tag = ContactTag.Cell, Address = cell });
        patient.ContactPoints.Add(new ContactPoint { Tag = ContactTag.Email, Address = $"{id.ToLowerInvariant()}@example.org" });
        await Keep(patient);
        await Keep(new PatientIdentifier { Emr = "main", ExternalId = id, PatientId = patient.Id });
        return patient;
    }

    protected Task<Appointment> NewVisit(Patient patient, string id, Duration ahead, PatientStatus status) => Keep(new Appointment
    {
        Emr = "main",
        ExternalId = id,
        Feed = "main",
        PatientId = patient.Id,
        PracticeId = Practice.Id,
        StartsAt = now + ahead,
        Minutes = 30,
        TypeCode = "FOLLOWUP",
        TypeText = "Follow-up visit",
        ProviderCode = "P100",
        ProviderText = "Dr. Test Adams",
        LocationCode = "RFM-MAIN",
        LocationText = "Riverside Family Medicine",
        PatientStatus = status,
        PatientStatusAt = status == PatientStatus.Unconfirmed ? null : now - Duration.FromMinutes(4),
        BookedAt = now - Duration.FromDays(3),
    });

    protected async Task<OutboundMessage> Say(PatientChannel channel, string body, Duration ago, DeliveryState delivery, string? failure = null)
    {
        var message = await Keep(new OutboundMessage
        {
            Medium = Medium.Sms,
            LineId = Line.Id,
            From = Line.Number,
            To = channel.Address,
            Body = body,
            PatientId = channel.PatientId,
            Priority = Priority.Reminder,
            CreatedAt = now - ago,
            DueAt = now - ago,
            State = failure is null ? OutboundState.Sent : OutboundState.Failed,
            Delivery = delivery,
            FailureCode = failure,
        });
        await Keep(new ChannelLine { ChannelId = channel.Id, Kind = LineKind.Outbound, At = now - ago, Body = body, Medium = Medium.Sms, OutboundMessageId = message.Id });
        return message;
    }

    protected async Task<PatientChannel> NewChannel(Patient patient, bool needsAction, Duration ago) => await Keep(new PatientChannel
    {
        LineId = Line.Id,
        PracticeId = Practice.Id,
        PatientId = patient.Id,
        Address = patient.Address(ContactTag.Cell)!,
        IsOpen = needsAction,
        NeedsAction = needsAction,
        OpenedAt = needsAction ? now - ago : null,
        LastLineAt = now - ago,
    });

    protected Task Decide(
        Trigger trigger, long patientId, long subjectId, PlanState state, Duration due, string? reason = null, long? message = null) => Keep(new PlannedMessage
        {
            TriggerId = trigger.Id,
            PatientId = patientId,
            Module = trigger.Module,
            SubjectId = subjectId,
            Anchor = now,
            State = state,
            Reason = reason,
            DecidedAt = now - Duration.FromDays(3),
            DueAt = now + due,
            OutboundMessageId = message,
        });

    protected Task<InboxMessage> Arrive(
        string controlId, string type, InboxState state, string ack, string? patient, string? appointment, Action<InboxMessage>? with = null)
    {
        var message = new InboxMessage
        {
            Feed = "main",
            ReceivedAt = now - Duration.FromMinutes(30),
            Raw = Encoding.UTF8.GetBytes($"MSH|^~\\&|EMR|RIVERSIDE|ARTERA|RIVERSIDE|20261026093000||{type}|{controlId}|P|2.5.1\rSCH|{appointment}|||||||FOLLOWUP^Follow-up visit|||^^^202610271000||||||||||||||ZZZ\rPID|1||{patient}^^^RIV^MR||Sample^Ana||19800229|F\r"),
            ControlId = controlId,
            BodyHash = controlId.GetHashCode(StringComparison.Ordinal),
            Event = type,
            PatientKey = patient,
            AppointmentKey = appointment,
            State = state,
            AckCode = ack,
            Ack = Encoding.UTF8.GetBytes($"MSH|^~\\&|ARTERA|RIVERSIDE|EMR|RIVERSIDE|20261026093000||ACK^S12|9{controlId}|P|2.5.1\rMSA|{ack}|{controlId}\r"),
            SettledAt = now - Duration.FromMinutes(29),
        };
        with?.Invoke(message);
        return Keep(message);
    }
}
