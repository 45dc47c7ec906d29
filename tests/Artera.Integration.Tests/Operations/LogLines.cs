using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;

namespace Artera.Integration.Tests.Operations;

/// <summary>What the server really writes down: after its own levels, with every property and exception.</summary>
internal sealed class LogLines : ILogEventSink
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> All => lines;

    public void Emit(LogEvent logEvent) => lines.Enqueue(
        $"{logEvent.Level} {logEvent.RenderMessage(null)} {string.Join(' ', logEvent.Properties.Select(pair => $"{pair.Key}={pair.Value}"))} {logEvent.Exception}");
}
