using System.Collections.Frozen;

namespace Artera.Integration.Mapping;

/// <summary>What the codes of an EMR mean. A code is found as written, else without regard to case.</summary>
internal sealed class CodeTable
{
    private readonly FrozenDictionary<string, string?> exact;
    private readonly FrozenDictionary<string, string?> anyCase;

    public CodeTable(string name, IEnumerable<KeyValuePair<string, string?>> codes, bool hasOtherwise = false, string? otherwise = null)
    {
        Name = name;
        HasOtherwise = hasOtherwise;
        Otherwise = otherwise;
        exact = codes.ToFrozenDictionary(StringComparer.Ordinal);
        anyCase = exact.DistinctBy(code => code.Key, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; }

    /// <summary>True when the table says what any other code means.</summary>
    public bool HasOtherwise { get; }

    /// <summary>What any other code means; null: it says nothing.</summary>
    public string? Otherwise { get; }

    public IEnumerable<KeyValuePair<string, string?>> Codes => exact;

    /// <summary>The meaning of a listed code; a null meaning says that the code states nothing.</summary>
    public bool TryGet(string code, out string? meaning) => exact.TryGetValue(code, out meaning) || anyCase.TryGetValue(code, out meaning);

    public CodeTable With(string code, string? meaning) =>
        new(Name, exact.Where(known => known.Key != code).Append(new(code, meaning)), HasOtherwise, Otherwise);
}
