using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Referrals;

/// <summary>A visit was booked that the referral asks for: it counts as scheduled while the visit stands.</summary>
/// <param name="AppointmentId">The visit; null: it was cancelled, and another one has to be scheduled.</param>
public sealed record ScheduleReferral(long ReferralId, long? AppointmentId) : IRequest;

public sealed class ScheduleReferralHandler(IntegrationDb db, TimeProvider time, IPublisher publisher) : IRequestHandler<ScheduleReferral>
{
    public async ValueTask<Unit> Handle(ScheduleReferral request, CancellationToken cancellationToken)
    {
        var referral = await db.Set<Referral>().SingleAsync(row => row.Id == request.ReferralId, cancellationToken);
        var (wasOpen, before) = (referral.IsOpen, referral.Scheduling);
        referral.AppointmentId = request.AppointmentId;
        if (referral.Scheduling != before)
            referral.SchedulingAt = time.Now();
        if (wasOpen && !referral.IsOpen)
            await publisher.Publish(new ReferralEnded(referral), cancellationToken);
        else if (!wasOpen && referral.IsOpen)
            await publisher.Publish(new ReferralUpdated(referral), cancellationToken);
        if (wasOpen != referral.IsOpen)
            await publisher.Publish(new ReferralMet(referral), cancellationToken);
        return Unit.Value;
    }
}
