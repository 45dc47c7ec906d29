using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>
/// Text is an identifier or a code to us before it is anything else: every database compares and orders it by its
/// characters, as SQLite does by itself, whatever language the server was installed in.
/// </summary>
internal static partial class ExactText
{
    public static void CompareTextExactly(this ModelBuilder model, string collation)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if ((property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType) == typeof(string))
                property.SetCollation(collation);
        }
    }

    /// <summary>What is looked up must fit an index with others. What is only shown comes as long as somebody has written it.</summary>
    public static void GiveTextRoom(this ModelBuilder model, int usual)
    {
        const int shown = 1000;
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.ClrType == typeof(string) && property.GetMaxLength() == usual && !property.IsIndex() && !property.IsKey())
                property.SetMaxLength(shown);
        }
    }

    /// <summary>A filter is written with quotes, which SQL Server only knows by a setting of the session.</summary>
    public static void QuoteFiltersInBrackets(this ModelBuilder model)
    {
        foreach (var index in model.Model.GetEntityTypes().SelectMany(entity => entity.GetIndexes()))
        {
            if (index.GetFilter() is { } filter)
                index.SetFilter(Quoted.Replace(filter, "[${name}]") + (Quoted.Replace(filter, "").Length == 0 ? " = 1" : ""));
        }
    }

    [GeneratedRegex("\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted { get; }
}
