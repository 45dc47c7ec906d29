using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Mediator;

namespace Artera.Integration.Outreach;

/// <summary>Adds a trigger or changes the one of that name; what it touches is planned again in the background.</summary>
/// <param name="PracticeId">The practice whose own it is; null: a default of the enterprise.</param>
/// <param name="HealthSystemId">The enterprise.</param>
internal sealed record SaveTrigger(long HealthSystemId, long? PracticeId, TriggerEntry Entry, string Who) : IRequest<Edited>;

internal sealed class SaveTriggerHandler(IntegrationDb db, TimeProvider time, IPublisher publisher) : IRequestHandler<SaveTrigger, Edited>
{
    public async ValueTask<Edited> Handle(SaveTrigger request, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<HealthSystem>([request.HealthSystemId], cancellationToken) is not { } system)
            return Edited.Refused("there is no such enterprise");
        if (request.PracticeId is { } practice && (await db.FindAsync<Practice>([practice], cancellationToken))?.HealthSystemId != system.Id)
            return Edited.Refused("there is no such practice");
        var edited = await new TriggerEdits(db, time, request.Who).Save(system.Id, system.BaseLanguage, request.PracticeId, request.Entry, cancellationToken);
        if (edited is { Changed: true, Trigger: { } trigger })
            await publisher.Publish(new TriggerEdited(trigger, request.PracticeId, request.Who), cancellationToken);
        return edited;
    }
}

/// <summary>A practice starts, pauses or restricts a default; what that touches is planned again in the background.</summary>
internal sealed record ChooseTrigger(long TriggerId, long PracticeId, ChoiceEntry Entry, string Who) : IRequest<Edited>;

internal sealed class ChooseTriggerHandler(IntegrationDb db, TimeProvider time, IPublisher publisher) : IRequestHandler<ChooseTrigger, Edited>
{
    public async ValueTask<Edited> Handle(ChooseTrigger request, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<Trigger>([request.TriggerId], cancellationToken) is not { PracticeId: null } trigger
            || (await db.FindAsync<Practice>([request.PracticeId], cancellationToken))?.HealthSystemId != trigger.HealthSystemId)
        {
            return Edited.Refused("the practice has no such default");
        }

        var edited = await new TriggerEdits(db, time, request.Who).Choose(trigger, request.PracticeId, request.Entry, cancellationToken);
        if (edited.Changed)
            await publisher.Publish(new TriggerEdited(trigger, request.PracticeId, request.Who), cancellationToken);
        return edited;
    }
}
