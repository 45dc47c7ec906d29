using System.CommandLine;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Operations;

/// <summary><c>send HOST:PORT FILE...</c></summary>
internal static class SendVerb
{
    public static Command Create()
    {
        var to = new Argument<string>("HOST:PORT") { Description = "An MLLP listener." };
        var files = new Argument<FileInfo[]>("FILE") { Description = "Files with one message each, or batches of them.", Arity = ArgumentArity.OneOrMore };
        var timeout = new Option<double>("--timeout") { Description = "Seconds to wait for each acknowledgement.", DefaultValueFactory = _ => 30 };
        var tls = new Option<bool>("--tls") { Description = "Connect with TLS." };
        var verb = new Command("send", "Send messages over MLLP, one after the other, and print each acknowledgement; fails on AE, AR, CE, CR or none.")
        {
            to, files, timeout, tls,
        };
        verb.SetAction((parsed, cancellation) => HostAndPort.Read(parsed.GetRequiredValue(to), parsed.GetValue(tls)) is { } destination
            ? Send(destination, parsed.GetRequiredValue(files), TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellation)
            : Task.FromResult(Verbs.Fail(HostAndPort.Problem(parsed.GetRequiredValue(to)))));
        return verb;
    }

    private static async Task<int> Send(MllpDestination destination, FileInfo[] files, TimeSpan timeout, CancellationToken cancellation)
    {
        if (Array.Find(files, file => !file.Exists) is { } missing)
            return Verbs.Fail($"{missing}: no such file");
        await using var connection = new MllpConnection(destination);
        var refused = 0;
        foreach (var file in files)
        {
            var batch = Hl7Batch.Read(await File.ReadAllBytesAsync(file.FullName, cancellation));
            foreach (var problem in batch.Problems)
                await Console.Error.WriteLineAsync($"{file.Name}: {problem.Text}");
            if (batch.Messages.Count == 0)
                return Verbs.Fail($"{file.Name}: there is no message in it");
            foreach (var message in batch.Messages)
                refused += await Send(connection, file.Name, message, timeout, cancellation) ? 0 : 1;
        }

        return refused == 0 ? 0 : 1;
    }

    private static async Task<bool> Send(
        MllpConnection connection, string file, ReadOnlyMemory<byte> message, TimeSpan timeout, CancellationToken cancellation)
    {
        var controlId = Hl7Message.TryRead(message, out _)?.ControlId ?? "";
        var reply = await connection.Send(message, timeout, cancellation);
        var ack = AckReply.TryRead(reply.Raw);
        var answered = reply.Kind == ReplyKind.Answered && ack is not null;
        Console.WriteLine(answered
            ? $"{file} {controlId} {ack!.Code} {ack.Text}".TrimEnd()
            : $"{file} {controlId} {Without(reply, ack)}");
        return answered && ack!.IsAccepted;
    }

    private static string Without(MllpReply reply, AckReply? stray) =>
        stray is null ? $"no acknowledgement: {reply.Cause}" : $"no acknowledgement: {stray.Code} came for {stray.ControlId}";
}
