using System.Globalization;

namespace Artera.Integration.Web.Components;

/// <summary>Numbers as people at a desk read them.</summary>
internal static class Figures
{
    public static string Of(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(int number, string one, string many) => $"{Of(number)} {(number == 1 ? one : many)}";
}
