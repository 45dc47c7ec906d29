using System.IO.Pipelines;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;
using Microsoft.AspNetCore.Connections;

namespace Artera.Integration.Inbound;

/// <summary>Sends the acknowledgements of one connection, each as soon as its message is kept, in the order of arrival.</summary>
internal sealed class MllpReplies(ConnectionContext connection, Feed feed, Intake intake, Journal journal, InboundMeter meter)
{
    private readonly PipeWriter output = connection.Transport.Output;
    private readonly List<ArrivedMessage> unsent = [];

    public async Task Send(List<Arrival> arrivals)
    {
        foreach (var arrival in arrivals)
        {
            foreach (var message in arrival.Messages)
            {
                if (!message.Entry.Kept.IsCompleted)
                    await Flush();
                await message.Entry.Kept;
            }

            Write(arrival);
        }

        await Flush();
    }

    private void Write(Arrival arrival)
    {
        if (arrival.Batch is { } batch)
        {
            var answers = arrival.Messages.Select(Answer).OfType<byte[]>().ToList();
            if (answers.Count > 0)
                MllpFrames.Write(output, batch.Enclose(answers));
        }
        else if (Answer(arrival.Messages[0]) is { } answer)
        {
            MllpFrames.Write(output, answer);
        }
    }

    private byte[]? Answer(ArrivedMessage message)
    {
        if (!message.Answered)
            return null;
        var receipt = message.Entry.Kept.Result;
        var (code, bytes) = receipt.Stored ? (message.Entry.Message.AckCode, receipt.Ack) : intake.Trouble(message.Header);
        if (bytes is null)
            return null;
        meter.Acknowledged(feed.Name, code);
        if (receipt.Stored)
            unsent.Add(message);
        return bytes;
    }

    private async ValueTask Flush()
    {
        if (output.UnflushedBytes == 0)
            return;
        var sent = false;
        try
        {
            var flushed = await output.FlushAsync();
            // The socket has had its turn by now: asked once more, the pipe knows whether it took the bytes.
            if (!flushed.IsCompleted)
                flushed = await output.FlushAsync();
            sent = !flushed.IsCompleted && !connection.ConnectionClosed.IsCancellationRequested;
        }
        finally
        {
            if (!sent)
                Undelivered();
            unsent.Clear();
        }
    }

    private void Undelivered()
    {
        foreach (var message in unsent)
            journal.Queue(new JournalEntry(message.Entry.Message) { Undelivered = true });
        _ = journal.CommitUnlessSomebodyDoes().AsTask();
    }
}
