using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations.Audit;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Keys;

/// <summary>The key opens nothing any more; its name stays taken, so that the audit log stays clear.</summary>
/// <returns>False when there is no such key in force.</returns>
internal sealed record RevokeApiKey(string Name, string By) : IRequest<bool>;

internal sealed class RevokeApiKeyHandler(IntegrationDb db, TimeProvider time, AuditLog audit) : IRequestHandler<RevokeApiKey, bool>
{
    public async ValueTask<bool> Handle(RevokeApiKey request, CancellationToken cancellationToken)
    {
        var key = await db.Set<ApiKey>().SingleOrDefaultAsync(row => row.Name == request.Name && row.RevokedAt == null, cancellationToken);
        if (key is null)
            return false;

        key.RevokedAt = time.Now();
        audit.Note(request.By, "revoked api key", null, $"key:{request.Name}");
        return true;
    }
}
