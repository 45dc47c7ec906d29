using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>
/// A visit that a recall or a referral asks for completes it, whichever of the two is heard of first; when the visit is
/// cancelled, the patient is to be called again. It is such a visit when its type is the one asked for, or the
/// enterprise says that its type completes that one, and it is at the place or with the provider asked for, if any is.
/// </summary>
internal sealed class MeetOrders(IntegrationDb db, ISender sender, Snapshot<EnterpriseDirectory> enterprise, TimeProvider time) :
    INotificationHandler<AppointmentBooked>,
    INotificationHandler<AppointmentCancelled>,
    INotificationHandler<RecallCreated>,
    INotificationHandler<ReferralCreated>
{
    public async ValueTask Handle(AppointmentBooked notification, CancellationToken cancellationToken)
    {
        var visit = notification.Appointment;
        if (visit.ReplacesId is { } former)
            await TakeOver(former, visit.Id, cancellationToken);
        if (!IsAhead(visit))
            return;
        var directory = await enterprise.Get(cancellationToken);
        var orders = await OrdersOf(visit.PatientId, cancellationToken);
        foreach (var recall in orders.Recalls.FindAll(recall => recall is { Status: RecallStatus.Active, AppointmentId: null } && Asks(recall).IsMetBy(visit, directory)))
            await sender.Send(new MeetRecall(recall.Id, visit.Id), cancellationToken);
        foreach (var referral in orders.Referrals.FindAll(referral => referral is { IsOpen: true, AppointmentId: null } && Asks(referral).IsMetBy(visit, directory)))
            await sender.Send(new ScheduleReferral(referral.Id, visit.Id), cancellationToken);
    }

    public async ValueTask Handle(AppointmentCancelled notification, CancellationToken cancellationToken)
    {
        if (db.IsNew(await db.FindPatient(notification.Appointment.PatientId, cancellationToken)))
            return;
        var visit = notification.Appointment.Id;
        var orders = db.AtHand<long, Orders>().Find(notification.Appointment.PatientId) is [var known] ? known : null;
        foreach (var recall in orders?.Recalls.FindAll(row => row.AppointmentId == visit)
            ?? await db.Set<Recall>().Where(row => row.AppointmentId == visit).ToListAsync(cancellationToken))
        {
            await sender.Send(new MeetRecall(recall.Id, (await Booked(Asks(recall), recall.PatientId, cancellationToken))?.Id), cancellationToken);
        }

        foreach (var referral in orders?.Referrals.FindAll(row => row.AppointmentId == visit)
            ?? await db.Set<Referral>().Where(row => row.AppointmentId == visit).ToListAsync(cancellationToken))
        {
            await sender.Send(new ScheduleReferral(referral.Id, (await Booked(Asks(referral), referral.PatientId, cancellationToken))?.Id), cancellationToken);
        }
    }

    public async ValueTask Handle(RecallCreated notification, CancellationToken cancellationToken)
    {
        if (await Booked(Asks(notification.Recall), notification.Recall.PatientId, cancellationToken) is { } visit)
            await sender.Send(new MeetRecall(notification.Recall.Id, visit.Id), cancellationToken);
    }

    public async ValueTask Handle(ReferralCreated notification, CancellationToken cancellationToken)
    {
        if (await Booked(Asks(notification.Referral), notification.Referral.PatientId, cancellationToken) is { } visit)
            await sender.Send(new ScheduleReferral(notification.Referral.Id, visit.Id), cancellationToken);
    }

    private async Task TakeOver(long former, long visit, CancellationToken cancellation)
    {
        (await db.Set<Recall>().Where(row => row.AppointmentId == former).ToListAsync(cancellation)).ForEach(recall => recall.AppointmentId = visit);
        (await db.Set<Referral>().Where(row => row.AppointmentId == former).ToListAsync(cancellation)).ForEach(referral => referral.AppointmentId = visit);
    }

    private static Wanted Asks(Recall recall) => new(recall.TypeCode, recall.LocationCode, recall.ProviderCode);

    private static Wanted Asks(Referral referral) => new(referral.TypeCode, referral.LocationCode, referral.ProviderCode);

    private bool IsAhead(Appointment visit) => visit.IsLive && visit.StartsAt > time.Now();

    private async Task<Appointment?> Booked(Wanted wanted, long patientId, CancellationToken cancellation)
    {
        var now = time.Now();
        var directory = await enterprise.Get(cancellation);
        var ahead = await db.FindAhead(patientId, now, cancellation);
        return ahead.FindAll(visit => IsAhead(visit) && wanted.IsMetBy(visit, directory)).MinBy(visit => visit.StartsAt);
    }

    private async Task<Orders> OrdersOf(long patientId, CancellationToken cancellation)
    {
        var atHand = db.AtHand<long, Orders>();
        if (atHand.Find(patientId) is [var known])
            return known;
        return db.IsNew(await db.FindPatient(patientId, cancellation))
            ? new Orders([], [])
            : (await Orders.Of(db, [patientId], cancellation))[patientId];
    }

    private readonly record struct Wanted(string? Type, string? Location, string? Provider)
    {
        public bool IsMetBy(Appointment visit, EnterpriseDirectory directory) => Type is { } type
            && (type == visit.TypeCode || directory.EventType(visit.Emr, visit.TypeCode)?.Completes.Contains(type, StringComparer.Ordinal) == true)
            && ((Location is null && Provider is null)
                || (Location is not null && Location == visit.LocationCode)
                || (Provider is not null && Provider == visit.ProviderCode));
    }
}
