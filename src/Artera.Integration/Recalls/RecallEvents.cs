using Mediator;

namespace Artera.Integration.Recalls;

/// <summary>A patient is to be called.</summary>
public sealed record RecallCreated(Recall Recall) : INotification;

/// <summary>The EMR changed an open recall, or the visit that had been booked for it was cancelled.</summary>
public sealed record RecallUpdated(Recall Recall) : INotification;

/// <summary>The patient need not be called any more: it was done, cancelled, or a visit is booked.</summary>
public sealed record RecallEnded(Recall Recall) : INotification;

/// <summary>
/// A booked visit closed an open recall, or its cancellation opened the recall again: what we have found out, and not what the
/// EMR says of the recall itself.
/// </summary>
public sealed record RecallMet(Recall Recall) : INotification;

/// <summary>A message about the recall was handed to delivery.</summary>
public sealed record RecallContacted(long RecallId) : INotification;
