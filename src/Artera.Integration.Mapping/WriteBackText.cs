using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime.Text;

namespace Artera.Integration.Mapping;

/// <summary>Fills <c>{reason}</c> and its siblings in the values of a write-back.</summary>
internal static partial class WriteBackText
{
    public static readonly IReadOnlyList<string> Placeholders = ["appointment", "patient", "start", "now", "reason", "answer"];

    private static readonly LocalDateTimePattern Hl7Time = LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMddHHmmss");

    public static string? UnknownPlaceholder(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !Placeholders.Contains(name));

    public static string Fill(string text, WriteBackRequest request) => Placeholder().Replace(text, match => match.Groups["name"].Value switch
    {
        "appointment" => request.AppointmentId,
        "patient" => request.PatientId,
        "start" => request.Start is { } start ? Timestamp(start) : "",
        "now" => Timestamp(request.Now),
        "reason" => request.Reason ?? "",
        _ => request.Verb.ToString().ToLower(CultureInfo.InvariantCulture),
    });

    public static string Timestamp(NodaTime.LocalDateTime time) => Hl7Time.Format(time);

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Placeholder();
}
