using System.Threading.Channels;

namespace Artera.Integration.Inbound;

/// <summary>Says that there are new messages; said twice before anybody looks is said once.</summary>
internal sealed class InboxSignal
{
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => news.Writer.TryWrite(true);

    /// <summary>Returns when there is news, or after <paramref name="longest"/>.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(longest);
        try
        {
            await news.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
