using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>
/// The next answer for a destination: looked at once more, worded, and kept as it will be sent. When this has
/// committed it may leave; whatever happens then, the row tells that it may have.
/// </summary>
public sealed record TakeNextWriteBack(long DestinationId, Guid Claim) : IRequest<WriteBackTurn>;

/// <summary>What to do next at a destination.</summary>
/// <param name="More">False: nothing is due, or somebody else has the destination.</param>
/// <param name="Send">What to send now; null when the answer was settled without sending.</param>
public sealed record WriteBackTurn(bool More, Outgoing? Send = null);

/// <summary>An answer on its way out.</summary>
/// <param name="MayHaveArrived">An earlier attempt may have reached the EMR.</param>
public sealed record Outgoing(long Id, byte[] Message, bool MayHaveArrived);

public sealed partial class TakeNextWriteBackHandler(
    IntegrationDb db,
    EmrWriters writers,
    TimeProvider time,
    IOptions<WriteBackOptions> options,
    Settlement settlement,
    ILogger<TakeNextWriteBackHandler> log) : IRequestHandler<TakeNextWriteBack, WriteBackTurn>
{
    public async ValueTask<WriteBackTurn> Handle(TakeNextWriteBack request, CancellationToken cancellationToken)
    {
        var now = time.Now();
        if (!await Hold(request, now, cancellationToken) || await Next(request.DestinationId, now, cancellationToken) is not { } answer)
            return new WriteBackTurn(More: false);

        var appointment = await db.Set<Appointment>().SingleAsync(row => row.Id == answer.AppointmentId, cancellationToken);
        var ending = Relevance.Of(answer, appointment, now, Duration.FromTimeSpan(options.Value.SendAfterStart));
        ending ??= await Word(answer, appointment, now, cancellationToken);
        if (ending is { } end)
        {
            answer.Settle(end.State, end.Cause, now);
            await settlement.Tell(answer, appointment, cancellationToken);
            return new WriteBackTurn(More: true);
        }

        var outgoing = new Outgoing(answer.Id, answer.Sent!, answer.MayHaveArrived);
        answer.MayHaveArrived = true;
        answer.Attempts++;
        return new WriteBackTurn(More: true, outgoing);
    }

    private async Task<bool> Hold(TakeNextWriteBack request, Instant now, CancellationToken cancellation)
    {
        Instant? until = now + Duration.FromTimeSpan(options.Value.Lease);
        return await db.Set<EmrDestination>()
            .Where(row => row.Id == request.DestinationId && row.Claim == request.Claim)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedUntil, until), cancellation) == 1;
    }

    private Task<PendingWriteBack?> Next(long destinationId, Instant now, CancellationToken cancellation) =>
        db.Set<PendingWriteBack>().DueFor(db, now)
            .Where(row => db.Set<EmrDestination>().Any(destination => destination.Id == destinationId && destination.Feed == row.Feed))
            .OrderBy(row => row.Id)
            .FirstOrDefaultAsync(cancellation);

    private async Task<Ending?> Word(PendingWriteBack answer, Appointment appointment, Instant now, CancellationToken cancellation)
    {
        var writer = writers.ForFeed(answer.Feed);
        if (answer.Sent is not null && writer is not { WordsAnew: true })
            return null;
        if (writer is null)
            return new Ending(WriteBackState.Parked, Causes.NoTarget);
        if (!writer.Takes(answer.Status))
            return new Ending(WriteBackState.NotSupported, Causes.NotSupported);

        var patientId = await db.Set<Patient>().Where(row => row.Id == appointment.PatientId).Select(row => row.ExternalId).SingleAsync(cancellation);
        var last = await db.Set<StoredMessage>().Where(row => row.Id == appointment.InboxMessageId).Select(row => row.Raw).FirstOrDefaultAsync(cancellation);
        answer.ControlId ??= answer.NewControlId(now);
        var wording = Word(writer, new Answer(
            answer.Status, appointment.ExternalId, patientId, appointment.StartsAt, answer.ControlId, now, last is null ? default(ReadOnlyMemory<byte>?) : last));
        answer.Sent = wording.Message;
        return wording.Message is null ? new Ending(WriteBackState.Parked, wording.Cause ?? Causes.MadeNoMessage) : null;
    }

    private Wording Word(IEmrWriter writer, Answer answer)
    {
        try
        {
            return writer.Word(answer);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // One answer that cannot be put into words must not keep the others from the EMR.
            LogNoWords(log, bug, answer.ControlId);
            return new Wording(null, Causes.MadeNoMessage);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mapping failed to word write-back {ControlId}; it is parked")]
    private static partial void LogNoWords(ILogger log, Exception bug, string controlId);
}
