using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations.Audit;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Keys;

/// <summary>A new machine client.</summary>
/// <returns>The secret, never to be seen again; null when the name is taken.</returns>
internal sealed record AddApiKey(string Name, Role Role, string By) : IRequest<string?>;

internal sealed class AddApiKeyHandler(IntegrationDb db, TimeProvider time, AuditLog audit) : IRequestHandler<AddApiKey, string?>
{
    public async ValueTask<string?> Handle(AddApiKey request, CancellationToken cancellationToken)
    {
        if (await db.Set<ApiKey>().AnyAsync(key => key.Name == request.Name, cancellationToken))
            return null;

        var secret = KeySecret.Create();
        db.Add(new ApiKey { Name = request.Name, Role = request.Role, SecretHash = KeySecret.Hash(secret), CreatedAt = time.Now() });
        audit.Note(request.By, "added api key", null, $"key:{request.Name}");
        return secret;
    }
}
