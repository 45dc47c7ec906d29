using Mediator;

namespace Artera.Integration.Referrals;

/// <summary>A patient is sent to somebody.</summary>
public sealed record ReferralCreated(Referral Referral) : INotification;

/// <summary>The EMR changed an open referral, or the visit that had been booked for it was cancelled.</summary>
public sealed record ReferralUpdated(Referral Referral) : INotification;

/// <summary>Nothing is left to schedule: a visit is, or the referral was completed or cancelled.</summary>
public sealed record ReferralEnded(Referral Referral) : INotification;

/// <summary>
/// A booked visit closed an open referral, or its cancellation opened the referral again: what we have found out, and not what
/// the EMR says of the referral itself.
/// </summary>
public sealed record ReferralMet(Referral Referral) : INotification;

/// <summary>A message about the referral was handed to delivery.</summary>
public sealed record ReferralContacted(long ReferralId) : INotification;
