using Artera.Integration.Appointments;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Tells an EMR over FHIR, by the requests that its mapping's <c>writeback</c> says. Before every request the appointment is
/// read: what it says by now decides whether anything is to be said, an attempt that nobody answered shows in it, and
/// the change is of the version that was read (If-Match).
/// </summary>
internal sealed class FhirWriter(Feed feed, FhirClient client) : IEmrWriter
{
    /// <summary>How often an appointment that changes under our hands is read again at once.</summary>
    private const int Rounds = 3;

    private readonly Feed server = Server(feed);

    public string Feed => feed.Name;

    public bool WordsAnew => true;

    public bool Takes(PatientStatus status) => feed.WriteBackMapping.Mapper.File.FhirWriteBack?.Supports(status.Verb()) ?? false;

    public Wording Word(Answer answer)
    {
        var request = new FhirWriteBackRequest
        {
            Verb = answer.Status.Verb(),
            AppointmentId = answer.AppointmentId,
            PatientId = answer.PatientId,
            Actor = answer.LastMessage is { } told && FhirMessage.Looks(told.Span) && FhirMessage.TryRead(told, out _) is { } resource ? feed.Mapper.ActorOf(resource, answer.PatientId) : null,
            ControlId = answer.ControlId,
            Now = answer.Now,
        };
        return new(new FhirOrder(request, answer.Start, answer.LastMessage is { } last ? FhirVisitNow.IdIn(last) : null).ToBytes());
    }

    public async Task<WriteOutcome> Send(ReadOnlyMemory<byte> message, bool mayHaveArrived, Func<byte[], Task> keep, CancellationToken cancellation)
    {
        var order = FhirOrder.Read(message);
        for (var round = 1; ; round++)
        {
            var outcome = await Try(order, mayHaveArrived, keep, cancellation);
            if (round == Rounds || outcome is not WriteOutcome.TryAgain { Code: "http-409" or "http-412" })
                return outcome;
        }
    }

    public ValueTask HangUp() => default;

    public ValueTask DisposeAsync() => default;

    private async Task<WriteOutcome> Try(FhirOrder order, bool mayHaveArrived, Func<byte[], Task> keep, CancellationToken cancellation)
    {
        var mapper = feed.WriteBackMapping.Mapper;
        var read = await client.Exchange(server, new("GET", order.Id is { } id ? $"Appointment/{Uri.EscapeDataString(id)}" : mapper.Find(order.Request)), cancellation);
        if (!read.IsSuccess)
            return FhirReading.WhyNot(read);
        if (FhirVisitNow.Read(read.Body, read.Tag, out var odd) is not { } visit)
            return new WriteOutcome.Overtaken(WriteBackState.Parked, odd!, read.ToBytes());
        if (FhirReading.Ending(order, visit) is { } ending)
            return new WriteOutcome.Overtaken(ending.State, ending.Cause, read.ToBytes());
        if (!mapper.TryWriteBack(order.Request, visit, out var request, out var problem))
            return new WriteOutcome.Overtaken(problem.Code == Causes.AlreadySaid ? WriteBackState.Done : WriteBackState.Parked, problem.Code, read.ToBytes());
        if (mayHaveArrived && request.SaidBefore is { } known && await SaidBefore(known, cancellation) is { } said)
            return said;
        await keep(request.ToBytes());
        return FhirReading.Of(await client.Exchange(server, request, cancellation));
    }

    /// <summary>A response of which nobody knows whether it arrived is looked for before it is sent again.</summary>
    private async Task<WriteOutcome?> SaidBefore(string search, CancellationToken cancellation)
    {
        var found = await client.Exchange(server, new("GET", search), cancellation);
        if (!found.IsSuccess)
            return FhirReading.WhyNot(found);
        return FhirCollection.Matches(found.Body, out _) is { Count: > 0 } ? new WriteOutcome.Overtaken(WriteBackState.Done, Causes.AlreadySaid, found.ToBytes()) : null;
    }

    /// <summary>The server that is told, as a feed of its own where it is not the one that messages come from.</summary>
    private static Feed Server(Feed feed)
    {
        var (target, own) = (feed.Options.WriteBack!.Fhir!, feed.Options.Fhir);
        if (own is not null && target.Auth is null && target.Timeout is null && (target.BaseUrl is null || target.BaseUrl == own.BaseUrl))
            return feed;
        return new()
        {
            Name = $"{feed.Name} (write-back)",
            Emr = feed.Emr,
            Zone = feed.Zone,
            Mapping = feed.WriteBackMapping,
            WriteBackMapping = feed.WriteBackMapping,
            AllowFrom = feed.AllowFrom,
            Options = new()
            {
                Fhir = new()
                {
                    BaseUrl = target.BaseUrl ?? own?.BaseUrl,
                    Auth = target.Auth ?? own?.Auth ?? new(),
                    Timeout = target.Timeout ?? own?.Timeout ?? new FhirOptions().Timeout,
                },
            },
        };
    }
}
