using System.Text.Json;

namespace Artera.Integration.Tests.Web;

internal static class Json
{
    public static List<JsonElement> Rows(this JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    public static string? Text(this JsonElement row, string name) => row.GetProperty(name).GetString();
}
