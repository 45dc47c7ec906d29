using Artera.Integration.Data;
using Artera.Integration.Feeds.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>A visit was read: what is new of it is kept, and the reminder may go on; or the server is asked again.</summary>
internal sealed record SettleRead(long ReadId, InboxMessage? Version, FhirAnswer? Trouble) : IRequest<bool>;

internal sealed class SettleReadHandler(IntegrationDb db, InboxSignal signal, TimeProvider time) : IRequestHandler<SettleRead, bool>
{
    public async ValueTask<bool> Handle(SettleRead request, CancellationToken cancellationToken)
    {
        var now = time.Now();
        if (await db.Set<FhirRead>().SingleOrDefaultAsync(row => row.Id == request.ReadId && row.AnsweredAt == null, cancellationToken) is not { } row)
            return false;
        row.Trouble = request.Trouble?.Why;
        if (request.Trouble is { Outcome: FhirOutcome.Down } outage)
        {
            row.Attempts++;
            row.DueAt = now + RetryPolicy.After(Failure.Transient, row.Attempts, outage.AskedFor, int.MaxValue).Pause;
            return false;
        }

        // What is refused now is refused in a minute too: it holds up no reminder.
        row.AnsweredAt = now;
        if (request.Version is { } version && await db.KeepVersion(version, quiet: false, cancellationToken))
        {
            row.InboxMessageId = version.Id;
            signal.Raise();
        }

        return true;
    }
}
