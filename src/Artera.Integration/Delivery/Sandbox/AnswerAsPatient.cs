using Mediator;

namespace Artera.Integration.Delivery.Sandbox;

/// <summary>A text from the sandbox phone, kept just as a provider's webhook keeps it.</summary>
/// <param name="From">The patient's number, E.164.</param>
/// <param name="To">The line's number, E.164.</param>
/// <param name="Body">The words.</param>
public sealed record AnswerAsPatient(string From, string To, string Body) : IRequest;

internal sealed class AnswerAsPatientHandler(ISender sender) : IRequestHandler<AnswerAsPatient>
{
    public async ValueTask<Unit> Handle(AnswerAsPatient request, CancellationToken cancellationToken)
    {
        await sender.Send(
            new KeepInboundText($"sandbox-{Guid.CreateVersion7():N}", request.From, request.To, request.Body),
            cancellationToken);
        return Unit.Value;
    }
}
