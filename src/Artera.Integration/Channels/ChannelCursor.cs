using System.Globalization;
using NodaTime;

namespace Artera.Integration.Channels;

/// <summary>The last channel of a page; the next page starts after it.</summary>
internal readonly record struct ChannelCursor(bool IsOpen, Instant LastLineAt, long Id)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsOpen ? 1 : 0)}.{LastLineAt.ToUnixTimeTicks()}.{Id}");

    public static bool TryParse(string? text, out ChannelCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [("0" or "1") and var open, var ticks, var id]
            || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var at)
            || at < Instant.MinValue.ToUnixTimeTicks() || at > Instant.MaxValue.ToUnixTimeTicks()
            || !long.TryParse(id, CultureInfo.InvariantCulture, out var last))
        {
            return false;
        }

        cursor = new ChannelCursor(open == "1", Instant.FromUnixTimeTicks(at), last);
        return true;
    }
}
