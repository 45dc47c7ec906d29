namespace Artera.Integration.WriteBack;

public enum WriteBackState
{
    /// <summary>Waits for its turn or its next attempt.</summary>
    Pending,

    /// <summary>The EMR took it, or has said the same by itself.</summary>
    Done,

    /// <summary>A person must look: refused, or the visit moved meanwhile.</summary>
    Parked,

    /// <summary>A newer answer, or what happened to the visit, made it pointless before it left.</summary>
    Superseded,

    /// <summary>The EMR's mapping says that it does not take this answer: staff enter it by hand.</summary>
    NotSupported,

    /// <summary>A person decided that the EMR need not hear it.</summary>
    Dropped,
}

/// <summary>The words that say why a write-back stands as it does; the EMR's own codes (<c>AR 204</c>) come beside them.</summary>
public static class Causes
{
    public const string NotSupported = "not-supported";
    public const string NewerAnswer = "newer-answer";
    public const string Moved = "moved";
    public const string Cancelled = "cancelled";
    public const string NoShow = "no-show";
    public const string Past = "past";
    public const string VisitBegan = "visit-began";
    public const string AlreadyCancelled = "already-cancelled";
    public const string AlreadyConfirmed = "already-confirmed";
    public const string AlreadySaid = "already-said";
    public const string NotBooked = "not-booked";
    public const string Gone = "gone";
    public const string NoTarget = "no-target";
    public const string MadeNoMessage = "made-no-message";
    public const string Retried = "retried";
    public const string Dropped = "dropped";
}
