using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>Where a page ended: the id of its last row, with the time that the rows are ordered by, if any. Opaque to clients.</summary>
internal readonly record struct Cursor(long Id, Instant At = default)
{
    public override string ToString() => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}.{At.ToUnixTimeTicks()}")));

    public static bool TryParse(string? text, IFormatProvider? provider, out Cursor cursor)
    {
        cursor = default;
        if (text is null || !Base64Url.IsValid(text) || text.Length > 64)
            return false;

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 2
            || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var ticks)
            || ticks < Instant.MinValue.ToUnixTimeTicks()
            || ticks > Instant.MaxValue.ToUnixTimeTicks())
        {
            return false;
        }

        cursor = new Cursor(id, Instant.FromUnixTimeTicks(ticks));
        return true;
    }
}
