using System.Text.Json.Nodes;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound;
using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>What the FHIR server does, and the rows that must come of it: a notification, and each version of a resource once.</summary>
internal sealed partial class Script
{
    public void Put(Instant at, StoryVisit visit, bool isTold)
    {
        string[] resources = [SimulatedResources.Patient(visit.Patient), SimulatedResources.Appointment(visit.InTheBook with { Start = visit.Start }, visit.Place.Zone)];
        happenings.Add(new FhirPuts(at, resources, isTold ? ReferenceOf(visit) : null));
        if (isTold)
            IsNotified();
        IsKept();
    }

    public void Edit(Instant at, StoryVisit visit, Action<JsonNode> change)
    {
        happenings.Add(new FhirEdits(at, ReferenceOf(visit), change));
        IsNotified();
        IsKept();
    }

    /// <summary>A row in its place says so when it is found out.</summary>
    public void Delete(Instant at, StoryVisit visit)
    {
        happenings.Add(new FhirDeletes(at, ReferenceOf(visit)));
        IsKept();
    }

    public void Beats(Instant at)
    {
        happenings.Add(new FhirBeats(at));
        IsCounted(Counts.FhirHeartbeats, InboxState.Ignored);
    }

    public void IsNotified() => IsCounted(Counts.FhirNotifications, InboxState.Applied);

    public void IsKept() => IsCounted(Counts.FhirVersions, InboxState.Applied);

    /// <summary>What the Subscription began with.</summary>
    public void IsShaken() => IsCounted(Counts.FhirHandshakes, InboxState.Ignored);

    private void IsCounted(string count, InboxState fate)
    {
        Expected.Add(Counts.Received);
        Expected.Add(Counts.Of(fate));
        Expected.Add(count);
    }

    private static string ReferenceOf(StoryVisit visit) => $"Appointment/{visit.Id}";
}
