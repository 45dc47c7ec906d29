using Artera.Integration.Enterprise;
using NodaTime;

namespace Artera.Integration.Web.Components;

/// <summary>Names and zones of practices and lines for a page; a page outlives changes to the enterprise, so nothing is taken for certain.</summary>
internal static class Places
{
    public static DateTimeZone ZoneOf(this EnterpriseDirectory directory, long? practiceId) =>
        directory.Practices.FirstOrDefault(practice => practice.Id == practiceId)?.Zone ?? DateTimeZone.Utc;

    public static string PracticeName(this EnterpriseDirectory directory, long? practiceId) =>
        directory.Practices.FirstOrDefault(practice => practice.Id == practiceId)?.Name ?? "no practice";

    public static string LineName(this EnterpriseDirectory directory, long lineId) =>
        directory.Lines.FirstOrDefault(line => line.Id == lineId)?.Name ?? "";
}
