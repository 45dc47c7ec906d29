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
public sealed class Clinic(IntegrationDb db, Instant now) : PracticeRows(db, now)
{
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

    private async Task Conversation()
    {
        Ana = await NewPatient("MRN1001", "Ana", "Sample", "en", "+12025550141");
        AnasVisit = await NewVisit(Ana, "VISIT-1", Duration.FromHours(25), PatientStatus.Confirmed);
        AnasChannel = await NewChannel(Ana, needsAction: true, Duration.FromMinutes(2));
        var asked = await Say(AnasChannel, "Riverside Family Medicine: Ana, you have a follow-up visit tomorrow at 10:00 AM. Reply Y to confirm or N to cancel.", Duration.FromMinutes(9), DeliveryState.Delivered);
        await Keep(new ChannelLine { ChannelId = AnasChannel.Id, Kind = LineKind.Inbound, At = Now - Duration.FromMinutes(5), Body = "Yes thank you", Medium = Medium.Sms });
        await Keep(new ChannelLine { ChannelId = AnasChannel.Id, Kind = LineKind.Event, At = Now - Duration.FromMinutes(5), Body = "Ana confirmed the visit of tomorrow, 10:00 AM", Event = "confirmed", AppointmentId = AnasVisit.Id });
        await Say(AnasChannel, "Thank you, we look forward to seeing you.", Duration.FromMinutes(4), DeliveryState.Sent);
        await Keep(new ChannelLine { ChannelId = AnasChannel.Id, Kind = LineKind.Inbound, At = Now - Duration.FromMinutes(2), Body = "Can I bring my daughter? Where do I park?", Medium = Medium.Sms });

        var trigger = await Keep(new Trigger { HealthSystemId = Practice.HealthSystemId, Name = "Confirmation, 1 day before", Timing = new Timing { Anchor = Anchor.Start, Before = true, Days = 1 }, Asks = true });
        var survey = await Keep(new Trigger { HealthSystemId = Practice.HealthSystemId, Name = "Survey", Timing = new Timing { Anchor = Anchor.Start, Hours = 2 } });
        await Decide(trigger, Ana.Id, AnasVisit.Id, PlanState.Sent, Duration.FromMinutes(-9), message: asked.Id);
        await Decide(survey, Ana.Id, AnasVisit.Id, PlanState.Planned, Duration.FromHours(27));
        var booking = await Keep(new Trigger { HealthSystemId = Practice.HealthSystemId, Name = "Instant booking", Timing = new Timing { Anchor = Anchor.Booked } });
        await Decide(booking, Ana.Id, AnasVisit.Id, PlanState.NotSent, Duration.FromDays(-3), Reasons.Passed);
        Told = await Keep(new PendingWriteBack { Feed = "main", AppointmentId = AnasVisit.Id, Status = PatientStatus.Confirmed, CreatedAt = Now, DueAt = Now, ControlId = "W1", State = WriteBackState.Done, SettledAt = Now, By = "patient", Attempts = 1 });
        Parked = await Keep(new PendingWriteBack
        {
            Feed = "main",
            AppointmentId = (await NewVisit(Ana, "VISIT-2", Duration.FromDays(9), PatientStatus.Cancelled)).Id,
            Status = PatientStatus.Cancelled,
            CreatedAt = Now - Duration.FromHours(1),
            DueAt = Now - Duration.FromHours(1),
            ControlId = "W2",
            By = "patient",
            State = WriteBackState.Parked,
            Cause = "AR",
            Attempts = 1,
            Sent = Encoding.UTF8.GetBytes("MSH|^~\\&|ARTERA|RIVERSIDE|EMR|RIVERSIDE|20261026100000||SIU^S15|W2|P|2.5.1\rSCH||VISIT-2\r"),
            Acknowledgement = Encoding.UTF8.GetBytes("MSH|^~\\&|EMR|RIVERSIDE|ARTERA|RIVERSIDE|20261026100001||ACK^S15|1|P|2.5.1\rMSA|AR|W2|visit is locked\r"),
        });
    }

    private async Task ConversationFromRightToLeft()
    {
        Layla = await NewPatient("MRN1002", "ليلى", "Sample", "ar", "+12025550142");
        await NewVisit(Layla, "VISIT-3", Duration.FromHours(30), PatientStatus.Unconfirmed);
        var channel = await NewChannel(Layla, needsAction: false, Duration.FromHours(2));
        await Say(channel, "مرحباً ليلى، لديك موعد غداً الساعة 10:00. أجيبي بـ 1 للتأكيد.", Duration.FromHours(3), DeliveryState.Undelivered, "30003");
        await Keep(new OptOut { LineId = Line.Id, Number = channel.Address, Since = Now - Duration.FromHours(2), Source = "reply" });
        await Keep(new ChannelLine { ChannelId = channel.Id, Kind = LineKind.Inbound, At = Now - Duration.FromHours(2), Body = "STOP", Medium = Medium.Sms });
        await Keep(new ChannelLine { ChannelId = channel.Id, Kind = LineKind.Event, At = Now - Duration.FromHours(2), Body = "The number opted out of this line", Event = "opted-out" });
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
            CreatedAt = Now - Duration.FromDays(2),
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
            CreatedAt = Now - Duration.FromDays(1),
        });
        foreach (var (module, subject) in new[] { (TriggerModule.Recall, AnasRecall.Id), (TriggerModule.Referral, AnasReferral.Id) })
        {
            var trigger = await Keep(new Trigger { HealthSystemId = Practice.HealthSystemId, Name = $"{module}, after 1 month", Module = module, Timing = new Timing { Anchor = Anchor.Created, Months = 1 } });
            await Decide(trigger, Ana.Id, subject, PlanState.Planned, Duration.FromDays(30));
        }
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
}
