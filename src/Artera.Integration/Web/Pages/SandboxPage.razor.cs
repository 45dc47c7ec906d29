using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Artera.Integration.Web.Pages;

public sealed partial class SandboxPage : Live
{
    private const int Most = 200;

    private IReadOnlyList<SandboxNumber> numbers = [];
    private string? number;

    [Inject]
    private Desk Desk { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation) =>
        numbers = await Desk.Read(db => db.SandboxNumbers(Most, cancellation));

    private void Choose(string chosen) => number = chosen;
}
