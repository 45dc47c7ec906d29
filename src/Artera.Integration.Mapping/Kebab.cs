using System.Text;

namespace Artera.Integration.Mapping;

/// <summary>A name as the mapping language writes it: <c>NoShow</c> is <c>no-show</c>.</summary>
internal static class Kebab
{
    public static string Of(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
                word.Append('-');
            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    public static IReadOnlyDictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => Of(value.ToString()), StringComparer.OrdinalIgnoreCase);
}
