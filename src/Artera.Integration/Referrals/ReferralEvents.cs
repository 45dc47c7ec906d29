using Mediator;

namespace Artera.Integration.Referrals;

/// <summary>A patient is sent to somebody.</summary>
public sealed record ReferralCreated(Referral Referral) : INotification;

/// <summary>The EMR changed an open referral, or the visit that had been booked for it was cancelled.</summary>
public sealed record ReferralUpdated(Referral Referral) : INotification;

/// <summary>Nothing is left to schedule: a visit is, or the referral was completed or cancelled.</summary>
public sealed record ReferralEnded(Referral Referral) : INotification;
