namespace Artera.Integration.Demo;

/// <summary>
/// The time of the story: it stands still until the story moves it, so a fortnight passes in a minute and every run
/// is the same. Timers and time-outs stay real.
/// </summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void MoveTo(DateTimeOffset moment)
    {
        if (moment.UtcTicks < Interlocked.Read(ref ticks))
            throw new ArgumentOutOfRangeException(nameof(moment), "the story does not go back");
        Interlocked.Exchange(ref ticks, moment.UtcTicks);
    }
}
