using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>What is planned and asked about many appointments, read at once.</summary>
public sealed class ReadPlansAhead(IntegrationDb db) : INotificationHandler<AppointmentsAtHand>
{
    public async ValueTask Handle(AppointmentsAtHand notification, CancellationToken cancellationToken)
    {
        var ids = notification.AppointmentIds;
        await db.ReadPlansAhead(TriggerModule.Appointment, ids, cancellationToken);
        var questions = db.AtHand<long, OpenQuestion>();
        questions.Expect(ids);
        if (ids.Count == 0)
            return;
        foreach (var question in await db.Set<OpenQuestion>().Where(row => ids.Contains(row.AppointmentId)).ToListAsync(cancellationToken))
            questions.Put(question.AppointmentId, question);
    }
}

internal static class PlansAtHand
{
    public static async Task ReadPlansAhead(this IntegrationDb db, TriggerModule module, IReadOnlyList<long> subjects, CancellationToken cancellation)
    {
        if (subjects.Count == 0)
            return;
        var ofModule = db.Set<PlannedMessage>().Where(row => row.Module == module);
        var rows = await (subjects is [var one]
            ? ofModule.Where(row => row.SubjectId == one)
            : ofModule.Where(row => subjects.Contains(row.SubjectId))).ToListAsync(cancellation);
        var atHand = db.AtHand<(TriggerModule, long), PlannedMessage>();
        atHand.Expect(subjects.Select(id => (module, id)));
        foreach (var row in rows)
            atHand.Put((module, row.SubjectId), row);
    }
}
