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
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.Web;

/// <summary>A day at a small practice, as rows: two conversations, a feed with good and bad messages, answers for the EMR.</summary>
public sealed class Clinic(IntegrationDb db, Instant now)
{
    public Practice Practice { get; private set; } = null!;

    public Line Line { get; private set; } = null!;

    public Patient Ana { get; private set; } = null!;

    public Patient Layla { get; private set; } = null!;

    public Appointment AnasVisit { get; private set; } = null!;

    public Recall AnasRecall { get; private set; } = null!;

    public Referral AnasReferral { get; private set; } = null!;

    public PatientChannel AnasChannel { get; private set; } = null!;

    public PendingWriteBack Told { get; private set; } = null!;

    public PendingWriteBack Parked { get; private set; } = null!;

    public InboxMessage Held { get; private set; } = null!;

    public static async Task<Clinic> Open(IntegrationDb db, Instant now)
    {
        var clinic = new Clinic(db, now);
        await clinic.SetUp();
        await clinic.Conversation();
        await clinic.ConversationFromRightToLeft();
        await clinic.Orders();
        await clinic.Feed();
        return clinic;
    }

    private async Task<T> Keep<T>(T row)
        where T : class
    {
        db.Add(row);
        await db.SaveChangesAsync();
        return row;
    }

    private async Task SetUp()
    {
        var system = await Keep(new HealthSystem { Name = "Riverside Health" });
        Practice = await Keep(new Practice { HealthSystemId = system.Id, Name = "Riverside Family Medicine", TimeZone = "America/New_York" });
        Line = await Keep(new Line { PracticeId = Practice.Id, Number = "+12025550110", Name = "Front desk" });
    }

    private async Task<Patient> NewPatient(string id, string given, string family, string language, string cell)
    {
        var patient = new Patient { Emr = "main", ExternalId = id, Given = given, Family = family, Language = language, Born = new LocalDate(1980, 2, 29), Sex = Sex.Female };
        patient.ContactPoints.Add(new ContactPoint { Tag = ContactTag.Cell, Address = cell });
        patient.ContactPoints.Add(new ContactPoint { Tag = ContactTag.Email, Address = $"{id.ToLowerInvariant()}@example.org" });
        await Keep(patient);
        await Keep(new PatientIdentifier { Emr = "main", ExternalId = id, PatientId = patient.Id });
        return patient;
    }

    private Task<Appointment> NewVisit(Patient patient, string id, Duration ahead, PatientStatus status) => Keep(new Appointment
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

    private async Task<OutboundMessage> Say(PatientChannel channel, string body, Duration ago, DeliveryState delivery, string? failure = null)
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

    private async Task<PatientChannel> NewChannel(Patient patient, bool needsAction, Duration ago) => await Keep(new PatientChannel
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

    private async Task Conversation()
    {
        Ana = await NewPatient("MRN1001", "Ana", "Sample", "en", "+12025550141");
        AnasVisit = await NewVisit(Ana, "VISIT-1", Duration.FromHours(25), PatientStatus.Confirmed);
        AnasChannel = await NewChannel(Ana, needsAction: true, Duration.FromMinutes(2));
        var asked = await Say(AnasChannel, "Riverside Family Medicine: Ana, you have a follow-up visit tomorrow at 10:00 AM. Reply Y to confirm or N to cancel.", Duration.FromMinutes(9), DeliveryState.Delivered);
        await Keep(new ChannelLine { ChannelId = AnasChannel.Id, Kind = LineKind.Inbound, At = now - Duration.FromMinutes(5), Body = "Yes thank you", Medium = Medium.Sms });
        await Keep(new ChannelLine { ChannelId = AnasChannel.Id, Kind = LineKind.Event, At = now - Duration.FromMinutes(5), Body = "Ana confirmed the visit of tomorrow, 10:00 AM", Event = "confirmed", AppointmentId = AnasVisit.Id });
        await Say(AnasChannel, "Thank you, we look forward to seeing you.", Duration.FromMinutes(4), DeliveryState.Sent);
        await Keep(new ChannelLine { ChannelId = AnasChannel.Id, Kind = LineKind.Inbound, At = now - Duration.FromMinutes(2), Body = "Can I bring my daughter? Where do I park?", Medium = Medium.Sms });

        var trigger = await Keep(new Trigger { HealthSystemId = Practice.HealthSystemId, Name = "Confirmation, 1 day before", Timing = new Timing { Anchor = Anchor.Start, Before = true, Days = 1 }, Asks = true });
        var survey = await Keep(new Trigger { HealthSystemId = Practice.HealthSystemId, Name = "Survey", Timing = new Timing { Anchor = Anchor.Start, Hours = 2 } });
        await Decide(trigger, PlanState.Sent, null, null, asked.Id, Duration.FromMinutes(-9));
        await Decide(survey, PlanState.Planned, null, null, null, Duration.FromHours(27));
        var booking = await Keep(new Trigger { HealthSystemId = Practice.HealthSystemId, Name = "Instant booking", Timing = new Timing { Anchor = Anchor.Booked } });
        await Decide(booking, PlanState.NotSent, Reasons.Passed, null, null, Duration.FromDays(-3));
        Told = await Keep(new PendingWriteBack { Feed = "main", AppointmentId = AnasVisit.Id, Status = PatientStatus.Confirmed, CreatedAt = now, DueAt = now, ControlId = "W1", State = WriteBackState.Done, SettledAt = now, By = "patient", Attempts = 1 });
        Parked = await Keep(new PendingWriteBack
        {
            Feed = "main",
            AppointmentId = (await NewVisit(Ana, "VISIT-2", Duration.FromDays(9), PatientStatus.Cancelled)).Id,
            Status = PatientStatus.Cancelled,
            CreatedAt = now - Duration.FromHours(1),
            DueAt = now - Duration.FromHours(1),
            ControlId = "W2",
            By = "patient",
            State = WriteBackState.Parked,
            Cause = "AR",
            Attempts = 1,
            Sent = Encoding.UTF8.GetBytes("MSH|^~\\&|ARTERA|RIVERSIDE|EMR|RIVERSIDE|20261026100000||SIU^S15|W2|P|2.5.1\rSCH||VISIT-2\r"),
            Acknowledgement = Encoding.UTF8.GetBytes("MSH|^~\\&|EMR|RIVERSIDE|ARTERA|RIVERSIDE|20261026100001||ACK^S15|1|P|2.5.1\rMSA|AR|W2|visit is locked\r"),
        });
    }

    private Task Decide(Trigger trigger, PlanState state, string? reason, string? detail, long? message, Duration due) => Keep(new PlannedMessage
    {
        TriggerId = trigger.Id,
        PatientId = Ana.Id,
        Module = TriggerModule.Appointment,
        SubjectId = AnasVisit.Id,
        Anchor = now,
        State = state,
        Reason = reason,
        Detail = detail,
        DecidedAt = now - Duration.FromDays(3),
        DueAt = now + due,
        OutboundMessageId = message,
    });

    private async Task ConversationFromRightToLeft()
    {
        Layla = await NewPatient("MRN1002", "ليلى", "Sample", "ar", "+12025550142");
        await NewVisit(Layla, "VISIT-3", Duration.FromHours(30), PatientStatus.Unconfirmed);
        var channel = await NewChannel(Layla, needsAction: false, Duration.FromHours(2));
        await Say(channel, "مرحباً ليلى، لديك موعد غداً الساعة 10:00. أجيبي بـ 1 للتأكيد.", Duration.FromHours(3), DeliveryState.Undelivered, "30003");
        await Keep(new OptOut { LineId = Line.Id, Number = channel.Address, Since = now - Duration.FromHours(2), Source = "reply" });
        await Keep(new ChannelLine { ChannelId = channel.Id, Kind = LineKind.Inbound, At = now - Duration.FromHours(2), Body = "STOP", Medium = Medium.Sms });
        await Keep(new ChannelLine { ChannelId = channel.Id, Kind = LineKind.Event, At = now - Duration.FromHours(2), Body = "The number opted out of this line", Event = "opted-out" });
    }

    private async Task Orders()
    {
        AnasRecall = await Keep(new Recall
        {
            Emr = "main",
            ExternalId = "RECALL-1",
            Feed = "main",
            PatientId = Ana.Id,
            PracticeId = Practice.Id,
            DueOn = new LocalDate(2027, 3, 1),
            TypeCode = "RECALL-MAMMO",
            TypeText = "Mammogram",
            Priority = "R",
            CreatedAt = now - Duration.FromDays(2),
        });
        AnasReferral = await Keep(new Referral
        {
            Emr = "main",
            ExternalId = "REFERRAL-1",
            Feed = "main",
            PatientId = Ana.Id,
            PracticeId = Practice.Id,
            TypeCode = "DERM",
            TypeText = "Dermatology",
            ProviderCode = "4200",
            ProviderText = "Sven Skin",
            AuthorizationStatus = "approved",
            ExpiresOn = new LocalDate(2027, 3, 12),
            CreatedAt = now - Duration.FromDays(1),
        });
    }

    private async Task Feed()
    {
        await Arrive("A1", "SIU^S12", InboxState.Applied, "AA", "MRN1001", "VISIT-1");
        Held = await Arrive("A2", "SIU^S14", InboxState.Held, "AA", "MRN1002", "VISIT-3", message =>
        {
            message.Cause = "unknown-code";
            message.CausePath = "SCH-25.1";
            message.CauseValue = "ZZZ";
            message.CauseTable = "statuses";
        });
        await Arrive("A3", "ADT^A08", InboxState.Stale, "AA", "MRN1002", null);
        await Arrive("A4", "ORU^R01", InboxState.Ignored, "AA", null, null, message => message.Cause = "not-listed");
        await Arrive("A5", "SIU^S12", InboxState.Rejected, "AR", null, null, message => message.Cause = "processing-id");
    }

    private Task<InboxMessage> Arrive(
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
