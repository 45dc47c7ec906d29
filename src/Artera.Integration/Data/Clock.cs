using NodaTime;

namespace Artera.Integration.Data;

public static class Clock
{
    /// <summary>Now, as the one clock tells it.</summary>
    public static Instant Now(this TimeProvider time) => Instant.FromDateTimeOffset(time.GetUtcNow());
}
