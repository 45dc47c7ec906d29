using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>What came of sending one answer.</summary>
public sealed record SettleWriteBack(Outgoing Sent, WriteOutcome Outcome) : IRequest<WriteBackState>;

public sealed class SettleWriteBackHandler(
    IntegrationDb db,
    TimeProvider time,
    IOptions<WriteBackOptions> options,
    Settlement settlement) : IRequestHandler<SettleWriteBack, WriteBackState>
{
    public async ValueTask<WriteBackState> Handle(SettleWriteBack request, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var answer = await db.Set<PendingWriteBack>().SingleAsync(row => row.Id == request.Sent.Id, cancellationToken);
        Note(answer, request);

        // What the EMR said of the visit while the answer was under way has settled it already.
        if (answer.State != WriteBackState.Pending)
            return answer.State;

        switch (request.Outcome)
        {
            case WriteOutcome.Taken:
                answer.Settle(WriteBackState.Done, null, now);
                break;
            case WriteOutcome.Overtaken overtaken:
                answer.Settle(overtaken.State, overtaken.Cause, now);
                break;
            case WriteOutcome.Refused refused:
                answer.Settle(WriteBackState.Parked, refused.Code, now);
                break;
            case WriteOutcome.TryAgain again:
                Retry(answer, again.Code, now);
                break;
            case WriteOutcome.Unknown unknown:
                Retry(answer, unknown.Code, now);
                break;
            case WriteOutcome.Unreachable unreachable:
                answer.Cause = unreachable.Code;
                break;
        }

        if (answer.State != WriteBackState.Pending)
        {
            var appointment = await db.Set<Appointment>().SingleAsync(row => row.Id == answer.AppointmentId, cancellationToken);
            await settlement.Tell(answer, appointment, cancellationToken);
        }

        return answer.State;
    }

    private static void Note(PendingWriteBack answer, SettleWriteBack request)
    {
        // An attempt that the EMR turned down, or that never left, says nothing of the ones before it.
        if (request.Outcome is not WriteOutcome.Unknown)
            answer.MayHaveArrived = request.Sent.MayHaveArrived;
        if (request.Outcome is WriteOutcome.Unreachable)
            answer.Attempts--;
        answer.Acknowledgement = request.Outcome switch
        {
            WriteOutcome.Taken taken => taken.Acknowledgement,
            WriteOutcome.TryAgain again => again.Acknowledgement,
            WriteOutcome.Refused refused => refused.Acknowledgement,
            WriteOutcome.Overtaken overtaken => overtaken.Seen,
            WriteOutcome.Unknown { Stray: { } stray } => stray,
            _ => answer.Acknowledgement,
        };
    }

    private void Retry(PendingWriteBack answer, string cause, Instant now)
    {
        var next = RetryPolicy.After(Failure.Transient, answer.Attempts, most: options.Value.Attempts);
        if (next.Again)
            (answer.DueAt, answer.Cause) = (now + next.Pause, cause);
        else
            answer.Settle(WriteBackState.Parked, cause, now);
    }
}
