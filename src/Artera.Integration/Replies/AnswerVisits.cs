using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Replies;

/// <summary>The patient answers for visits by a key in a call or by a link: the same answer as by a text.</summary>
/// <returns>How many of the visits can still be answered.</returns>
internal sealed record AnswerVisits(IReadOnlyCollection<long> AppointmentIds, PatientStatus Answer) : IRequest<int>;

internal sealed class AnswerVisitsHandler(IntegrationDb db, ISender sender, TimeProvider time, IOptions<RepliesOptions> options)
    : IRequestHandler<AnswerVisits, int>
{
    public async ValueTask<int> Handle(AnswerVisits request, CancellationToken cancellationToken)
    {
        var visits = await db.Set<Appointment>().Where(visit => request.AppointmentIds.Contains(visit.Id)).ToListAsync(cancellationToken);
        var answered = 0;
        foreach (var visit in visits.Where(visit => visit.IsLive && visit.LastsUntil() > time.Now()))
        {
            var isAnother = visit.PatientStatus != PatientStatus.Unconfirmed && visit.PatientStatus != request.Answer;
            if (isAnother && !options.Value.AcceptChangeOfMind)
                continue;

            await sender.Send(new AnswerAppointment(visit.Id, request.Answer, "patient"), cancellationToken);
            var open = await db.Set<OpenQuestion>()
                .Where(question => question.AppointmentId == visit.Id && question.State == QuestionState.Open)
                .ToListAsync(cancellationToken);
            open.ForEach(question => question.State = QuestionState.Answered);
            answered++;
        }

        return answered;
    }
}

/// <summary>A key answers for the visits that the call was about.</summary>
internal sealed class TakeKey(IntegrationDb db, ISender sender) : INotificationHandler<KeyPressed>
{
    public async ValueTask Handle(KeyPressed notification, CancellationToken cancellationToken)
    {
        var asked = await db.Set<OpenQuestion>()
            .Where(question => question.OutboundMessageId == notification.Message.Id && question.State != QuestionState.Closed)
            .Select(question => question.AppointmentId)
            .ToListAsync(cancellationToken);
        var answer = notification.Confirms ? PatientStatus.Confirmed : PatientStatus.Cancelled;
        notification.Taken = await sender.Send(new AnswerVisits(asked, answer), cancellationToken) > 0;
    }
}
