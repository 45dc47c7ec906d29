using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Operations.Audit;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web;

/// <summary>A person or a machine client says what becomes of an answer that the EMR has not taken; the audit log says who.</summary>
public sealed record DecideWriteBack(long WriteBackId, DecideWriteBack.Choice Choose, string Who) : IRequest<DecideWriteBack.Outcome>
{
    public enum Choice
    {
        /// <summary>The EMR is told after all.</summary>
        SendAgain,

        /// <summary>The EMR need not hear it, or a person has entered it there.</summary>
        Drop,
    }

    public enum Outcome
    {
        Done,
        NoSuchAnswer,

        /// <summary>There is nothing left to decide.</summary>
        Refused,
    }
}

internal sealed class DecideWriteBackHandler(IntegrationDb db, ISender sender, AuditLog audit) : IRequestHandler<DecideWriteBack, DecideWriteBack.Outcome>
{
    public async ValueTask<DecideWriteBack.Outcome> Handle(DecideWriteBack request, CancellationToken cancellationToken)
    {
        var (id, choice, who) = request;
        if (await db.Set<PendingWriteBack>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } answer)
            return DecideWriteBack.Outcome.NoSuchAnswer;
        if (!await sender.Send(Command(id, choice, who), cancellationToken))
            return DecideWriteBack.Outcome.Refused;

        var patient = await db.Set<Appointment>().Where(visit => visit.Id == answer.AppointmentId).Select(visit => visit.PatientId).SingleAsync(cancellationToken);
        audit.Note(who, choice == DecideWriteBack.Choice.Drop ? "dropped" : "sent again", patient, $"writeback:{id}");
        return DecideWriteBack.Outcome.Done;
    }

    private static IRequest<bool> Command(long id, DecideWriteBack.Choice choice, string who) =>
        choice == DecideWriteBack.Choice.Drop ? new DropWriteBack(id, who) : new RetryWriteBack(id, who);
}
