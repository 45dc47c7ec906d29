using Mediator;

namespace Artera.Integration.Operations.Audit;

/// <summary>Somebody changed what is not in the database, such as a mapping file.</summary>
internal sealed record NoteChange(string Who, string What, string Subject) : IRequest;

internal sealed class NoteChangeHandler(AuditLog audit) : IRequestHandler<NoteChange>
{
    public ValueTask<Unit> Handle(NoteChange request, CancellationToken cancellationToken)
    {
        audit.Note(request.Who, request.What, patientId: null, request.Subject[..Math.Min(request.Subject.Length, 200)]);
        return ValueTask.FromResult(Unit.Value);
    }
}
