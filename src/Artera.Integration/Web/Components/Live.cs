using Microsoft.AspNetCore.Components;

namespace Artera.Integration.Web.Components;

/// <summary>A part of a page that looks again every other second, and shows only what has changed.</summary>
public abstract partial class Live : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource leaving = new();
    private Task looking = Task.CompletedTask;

    [Inject]
    private ILoggerFactory Logs { get; set; } = null!;

    /// <summary>Reads what is to be shown.</summary>
    protected abstract Task Look(CancellationToken cancellation);

    protected override Task OnParametersSetAsync() => Look(leaving.Token);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            looking = KeepLooking();
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await looking;
        leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task KeepLooking()
    {
        // A page refreshes by the wall's clock: the demo moves the other one.
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        var log = Logs.CreateLogger<Live>();
        try
        {
            while (await timer.WaitForNextTickAsync(leaving.Token))
                await InvokeAsync(() => LookAgain(log));
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The visitor left.
        }
    }

    private async Task LookAgain(ILogger log)
    {
        try
        {
            await Look(leaving.Token);
            StateHasChanged();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LookFailed(log, GetType().Name, failure.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Page} could not look again: {Failure}")]
    private static partial void LookFailed(ILogger log, string page, string failure);
}
