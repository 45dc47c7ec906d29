using System.Text.Json.Nodes;
using Artera.Integration.Demo.Story;
using Artera.Integration.Inbound.Fhir;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Demo.Fhir;

/// <summary>The demo's EMR that speaks FHIR: it does what the story says, tells its subscriber, and takes what comes back.</summary>
internal sealed class FhirEmr : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly FhirStandIn server;

    private FhirEmr(FhirStandIn server) => this.server = server;

    public string Base => server.Base;

    /// <summary>How many changes it was asked for.</summary>
    public int Changes => server.Writes.Count();

    public static async Task<FhirEmr> Start(TimeProvider clock)
    {
        var begun = await FhirStandIn.Start(clock: clock);
        (begun.Activates, begun.CountsInTexts, begun.PageSize) = (true, true, 5);
        begun.Changed = reference => begun.Tell(reference);
        begun.Put(SimulatedResources.Location(StoryPlace.Hilltop.Location, "Hilltop Clinic"));
        begun.Put(SimulatedResources.Practitioner(StoryPlace.Hilltop.Provider, "Dorn", "Test"));
        return new(begun);
    }

    /// <summary>The server has subscribed and asked for what there was before.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public async Task Begin(DemoServer subscriber, CancellationToken cancellation)
    {
        // One change is made and answered with 500: it is found made, and not made again.
        server.Script(WriteFault.None, WriteFault.FailsAfter);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            while (!IsSubscribed() || !await subscriber.Read(db => db.Set<FhirPoll>().AnyAsync(poll => poll.EndedAt != null, limit.Token)))
                await Task.Delay(50, limit.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("the demo is stuck: the FHIR feed has not begun", late);
        }
    }

    public Task Play(Happening happening, CancellationToken cancellation)
    {
        switch (happening)
        {
            case FhirPuts puts:
                foreach (var resource in puts.Resources)
                    server.Put(resource);
                return puts.Tells is { } told ? server.Tell(told, cancellation) : Task.CompletedTask;
            case FhirEdits edit:
                server.Edit(edit.Reference, edit.Change);
                return server.Tell(edit.Reference, cancellation);
            case FhirDeletes delete:
                server.Delete(delete.Reference);
                return Task.CompletedTask;
            case FhirBeats:
                return server.Beat(cancellation);
            default:
                return Task.CompletedTask;
        }
    }

    /// <summary>What it knows at the end.</summary>
    public void Count(Tally seen)
    {
        var visits = server.All("Appointment");
        seen.Add(Counts.FhirConfirmed, visits.Count(IsAccepted));
        seen.Add(Counts.FhirCancelled, visits.Count(IsCancelledByThePatient));
        seen.Add(Counts.FhirChanges, server.Writes.Where(write => write.Status is 0 or 200 or 500).GroupBy(write => (write.Path, write.Body)).Sum(same => same.Count() - 1));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static bool IsAccepted(JsonNode visit) => visit["participant"]![0]!["status"]!.GetValue<string>() == "accepted";

    private static bool IsCancelledByThePatient(JsonNode visit) => visit["cancelationReason"]?["coding"]?[0]?["code"]?.GetValue<string>() == "pat-crs";

    private bool IsSubscribed() => server.All("Subscription").Exists(each => each["status"]!.GetValue<string>() == "active");
}
