using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Demo.Story;
using NodaTime;

namespace Artera.Integration.Demo;

/// <summary>Plays the script: one EMR over MLLP, one over FHIR, the patients on the sandbox phone over HTTP, the clock from moment to moment.</summary>
internal sealed class Director(DemoServer server, DemoClock clock, EmrSimulator emr, FhirEmr fhir, TextWriter output) : IDisposable
{
    private readonly HttpClient phone = new() { BaseAddress = server.Http };
    private readonly SimulatedMessages wording = new();
    private int echoes;

    /// <summary>What the other ends of the sockets saw.</summary>
    public Tally Seen { get; } = new();

    public async Task Play(Script script, CancellationToken cancellation)
    {
        emr.Taken = Echo;
        // One answer is refused for the moment, one connection breaks: both come again.
        emr.Script(SimulatedAnswer.Accept, SimulatedAnswer.Error, SimulatedAnswer.Accept, SimulatedAnswer.HangUp);
        await fhir.Begin(server, cancellation);
        var happenings = script.Happenings.ToLookup(happening => happening.At);
        foreach (var moment in Fortnight.Steps)
        {
            clock.MoveTo(moment.ToDateTimeOffset());
            await Settle(moment, cancellation);
            foreach (var message in happenings[moment].OfType<EmrSends>())
                await Send(message, cancellation);
            await Settle(moment, cancellation);
            foreach (var happening in happenings[moment])
                await fhir.Play(happening, cancellation);
            await Settle(moment, cancellation);
            foreach (var text in happenings[moment].OfType<PatientTexts>())
                await Text(text, cancellation);
            await Settle(moment, cancellation);
            Progress(moment, happenings[moment].Count());
        }

        fhir.Count(Seen);
    }

    public void Dispose() => phone.Dispose();

    private async Task Send(EmrSends message, CancellationToken cancellation)
    {
        if (message.Visit is { } visit)
            emr.Book[visit.Id] = visit;
        var reply = await emr.Send(message.Message, cancellation);
        if (!string.Equals(reply.Code?.ToString(), message.Acknowledged, StringComparison.Ordinal))
            Seen.Add("acknowledgements other than expected");
    }

    private async Task Text(PatientTexts text, CancellationToken cancellation)
    {
        using var response = await phone.PostAsJsonAsync("sandbox/api/answer", new { text.From, text.To, Body = text.Text }, cancellation);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The EMR tells of what it has just been told, like every other change of its book.</summary>
    private async Task Echo(ReceivedAnswer answer, SimulatedVisit? visit)
    {
        if (visit is null)
        {
            Seen.Add("write-backs of visits that the EMR does not know");
            return;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"E{Interlocked.Increment(ref echoes):00000}");
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(Fortnight.NewYork).LocalDateTime;
        var cancelled = string.Equals(answer.Event, "SIU^S15", StringComparison.Ordinal);
        Seen.Add(cancelled ? Counts.Cancelled : Counts.Confirmed);
        await emr.Send(cancelled ? wording.Cancelled(visit, id, now) : wording.Modified(visit, id, now));
    }

    private async Task Settle(Instant moment, CancellationToken cancellation)
    {
        await Stillness.Await(server, moment, cancellation);
        // A visit that is read before its reminder holds that up for seconds, which pass here.
        while (await Stillness.IsSoon(server, clock.Now(), cancellation))
        {
            clock.MoveTo(clock.GetUtcNow().AddSeconds(3));
            await Stillness.Await(server, clock.Now(), cancellation);
        }
    }

    private void Progress(Instant moment, int happenings)
    {
        var local = moment.InZone(Fortnight.NewYork);
        if (happenings > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {local:ddd dd MMM HH:mm}  {happenings,3} messages and texts, {emr.Received.Count + fhir.Changes,3} write-backs so far"));
    }
}
