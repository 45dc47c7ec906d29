using NodaTime;

namespace Artera.Integration.Delivery.Pacing;

/// <summary>What one line may still send at this moment. Pure.</summary>
/// <param name="pace">How it stood a moment ago; null: nobody has written down anything.</param>
/// <param name="rate">How fast it may go.</param>
/// <param name="room">How many more at a time; null: any number.</param>
/// <param name="now">This moment.</param>
internal sealed class LineBudget(LinePace? pace, Rate rate, int? room, Instant now)
{
    private int used;

    /// <summary>What was seen of the row, which must still be so when it is moved on.</summary>
    public LinePace? Seen => pace;

    public Instant FreeAt { get; private set; } = pace?.FreeAt ?? now;

    /// <summary>Others have to know of what is taken.</summary>
    public bool IsShared => rate.HasLimit || room is not null;

    public bool WasUsed => used > 0;

    public bool Allows => !(pace?.PausedUntil > now) && !(used >= room) && rate.Allows(FreeAt, now);

    public void Use(int units)
    {
        used++;
        FreeAt = rate.After(FreeAt, now, units);
    }
}
