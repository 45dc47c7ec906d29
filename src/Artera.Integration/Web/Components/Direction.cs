using System.Text;

namespace Artera.Integration.Web.Components;

/// <summary>
/// Which way a text runs: as its first letter that stands in no isolate (Unicode UAX #9, P2 and P3). A browser's own
/// <c>dir="auto"</c> looks into isolates too, and takes an Arabic text that begins with a practice's Latin name for an English one.
/// </summary>
internal static class Direction
{
    public static string Of(string? text)
    {
        var isolates = 0;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (rune.Value is >= 0x2066 and <= 0x2068)
                isolates++;
            else if (rune.Value is 0x2069)
                isolates = Math.Max(0, isolates - 1);
            else if (isolates == 0 && Rune.IsLetter(rune))
                return RunsLeft(rune.Value) ? "rtl" : "ltr";
        }

        return "auto";
    }

    /// <summary>The blocks that UAX #9 keeps for scripts from right to left: Hebrew to Arabic Extended, their presentation forms, and two of the supplementary plane.</summary>
    private static bool RunsLeft(int letter) => letter is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;
}
