using System.Buffers;
using System.IO.Pipelines;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Artera.Integration.Inbound;

/// <summary>One connection: frames in, kept, acknowledgements out, in order. Idle it may stay as long as it likes.</summary>
internal sealed class MllpSession : IDisposable
{
    private readonly PipeReader input;
    private readonly MllpReplies replies;
    private readonly Journal journal;
    private readonly Intake intake;
    private readonly MllpFrames frames;
    private readonly FrameClock clock;
    private readonly CancellationTokenRegistration stop;
    private readonly List<Arrival> arrivals = [];
    private volatile bool stopping;

    public MllpSession(ConnectionContext connection, Feed feed, Intake intake, Journal journal, InboundMeter meter, TimeProvider time)
    {
        (this.intake, this.journal) = (intake, journal);
        input = connection.Transport.Input;
        replies = new MllpReplies(connection, feed, intake, journal, meter);
        frames = new MllpFrames(feed.Options.Mllp!.MaxMessageBytes);
        clock = new FrameClock(feed.Options.Mllp.FrameTimeout, input.CancelPendingRead, time);
        stop = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested.Register(Stop) ?? default;
    }

    /// <summary>Returns when the peer has hung up, a frame took too long, or the server stops and all that had arrived is answered.</summary>
    public async Task Run()
    {
        var open = true;
        while (open)
        {
            var read = await input.ReadAsync();
            var buffer = read.Buffer;
            while (frames.TryRead(ref buffer, out var payload, out var kind))
                arrivals.Add(kind == MllpFrameKind.CutOff ? intake.ReadPart(payload.ToArray(), "cut-off") : intake.Read(payload.ToArray(), kind));

            open = !read.IsCompleted && !stopping && !clock.Expired(frames.IsInFrame);
            if (!open && !stopping && frames.TryEnd(ref buffer, out var part))
                arrivals.Add(intake.ReadPart(part.ToArray(), read.IsCompleted ? "cut-off" : "frame-timeout"));
            input.AdvanceTo(buffer.Start, buffer.End);
            if (arrivals.Count == 0)
                continue;

            await Keep();
            await replies.Send(arrivals);
            arrivals.Clear();
        }
    }

    public void Dispose()
    {
        stop.Dispose();
        clock.Dispose();
    }

    private ValueTask Keep()
    {
        foreach (var arrival in arrivals)
        {
            foreach (var message in arrival.Messages)
                journal.Queue(message.Entry);
        }

        return journal.CommitUnlessSomebodyDoes();
    }

    private void Stop()
    {
        stopping = true;
        input.CancelPendingRead();
    }
}
