namespace Artera.Integration.Mapping.Values;

/// <summary>The mapping language's own words for closed lists, in any case.</summary>
internal static class Words
{
    public static readonly IReadOnlyDictionary<string, EmrStatus> Statuses = Kebab.Words<EmrStatus>();

    public static readonly IReadOnlyDictionary<string, OrderChange> Changes = Kebab.Words<OrderChange>();

    public static readonly IReadOnlyDictionary<string, Sex> Sexes = Kebab.Words<Sex>();

    public static readonly IReadOnlyDictionary<string, bool> Flags = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase)
    {
        ["yes"] = true,
        ["no"] = false,
    };

    /// <summary>The words, and HL7 table 0001.</summary>
    public static readonly IReadOnlyDictionary<string, Sex> SexCodes = new Dictionary<string, Sex>(Sexes, StringComparer.OrdinalIgnoreCase)
    {
        ["F"] = Sex.Female,
        ["M"] = Sex.Male,
        ["O"] = Sex.Other,
        ["U"] = Sex.Unknown,
        ["A"] = Sex.Unknown,
        ["N"] = Sex.Unknown,
    };

    /// <summary>The words, and what feeds write for them.</summary>
    public static readonly IReadOnlyDictionary<string, bool> FlagCodes = new Dictionary<string, bool>(Flags, StringComparer.OrdinalIgnoreCase)
    {
        ["Y"] = true,
        ["TRUE"] = true,
        ["T"] = true,
        ["1"] = true,
        ["N"] = false,
        ["FALSE"] = false,
        ["F"] = false,
        ["0"] = false,
    };

    public static readonly IReadOnlyList<string> Media = ["sms", "email", "voice"];
}
