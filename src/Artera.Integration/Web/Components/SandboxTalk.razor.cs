using Artera.Integration.Delivery.Sandbox;
using Microsoft.AspNetCore.Components;

namespace Artera.Integration.Web.Components;

public sealed partial class SandboxTalk : Live
{
    private IReadOnlyList<SandboxLine> texts = [];
    private IReadOnlyList<string> lines = [];
    private string? line;
    private string? words;

    [Parameter]
    [EditorRequired]
    public required string Number { get; set; }

    [Parameter]
    public EventCallback Left { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        texts = await Desk.Read(db => db.SandboxConversation(Number, cancellation));
        lines = [.. texts.Select(text => text.LineNumber).Distinct(StringComparer.Ordinal)];
        line ??= lines.Count > 0 ? texts[^1].LineNumber : null;
    }

    private async Task Send()
    {
        if (string.IsNullOrWhiteSpace(words) || line is null)
            return;
        await Desk.Do(new AnswerAsPatient(Number, line, words.Trim()));
        words = "";
        await OnParametersSetAsync();
    }
}
