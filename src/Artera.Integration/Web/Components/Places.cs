using Artera.Integration.Enterprise;
using Artera.Integration.Web.Api;
using NodaTime;

namespace Artera.Integration.Web.Components;

/// <summary>Names and zones of practices and lines for a page; a page outlives changes to the enterprise, so nothing is taken for certain.</summary>
internal static class Places
{
    public static DateTimeZone ZoneOf(this EnterpriseDirectory directory, long? practiceId) =>
        directory.Practices.FirstOrDefault(practice => practice.Id == practiceId)?.Zone ?? DateTimeZone.Utc;

    public static string PracticeName(this EnterpriseDirectory directory, long? practiceId) =>
        directory.Practices.FirstOrDefault(practice => practice.Id == practiceId)?.Name ?? "no practice";

    /// <summary>What patients are told the visit is, or else the EMR's words.</summary>
    public static string? VisitName(this EnterpriseDirectory directory, AppointmentRow visit) =>
        directory.EventType(visit.Emr, visit.Type.Id)?.Name.GetValueOrDefault("en") ?? visit.Type.Text ?? visit.Type.Id;

    /// <summary>What patients are told a recall or referral is for, or else the EMR's words.</summary>
    public static string OrderName(this EnterpriseDirectory directory, string emr, Code type) =>
        directory.EventType(emr, type.Id)?.Name.GetValueOrDefault("en") ?? type.Text ?? type.Id ?? "not said what for";

    public static string? Name(this EnterpriseDirectory directory, string emr, ResourceKind kind, Code code) =>
        directory.Resource(emr, kind, code.Id)?.Name ?? code.Text ?? code.Id;

    public static string? LocationName(this EnterpriseDirectory directory, AppointmentRow visit) =>
        directory.Name(visit.Emr, ResourceKind.Location, visit.Location);

    public static string? ProviderName(this EnterpriseDirectory directory, AppointmentRow visit) =>
        directory.Name(visit.Emr, ResourceKind.Provider, visit.Provider);

    public static string LineName(this EnterpriseDirectory directory, long lineId) =>
        directory.Lines.FirstOrDefault(line => line.Id == lineId)?.Name ?? "";
}
