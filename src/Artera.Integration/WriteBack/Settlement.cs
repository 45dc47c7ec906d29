using Artera.Integration.Appointments;
using Mediator;

namespace Artera.Integration.WriteBack;

/// <summary>Tells the rooms above, and those who watch the numbers, what became of an answer.</summary>
public sealed class Settlement(IPublisher publisher, WriteBackMetrics metrics)
{
    public ValueTask Tell(PendingWriteBack answer, Appointment appointment, CancellationToken cancellation)
    {
        metrics.Settled(answer);
        return answer.State switch
        {
            WriteBackState.Done => publisher.Publish(new AnswerReachedEmr(appointment, answer.Status), cancellation),
            WriteBackState.Parked or WriteBackState.NotSupported =>
                publisher.Publish(new AnswerRefusedByEmr(appointment, answer.Status, answer.Cause ?? ""), cancellation),
            _ => default,
        };
    }
}
