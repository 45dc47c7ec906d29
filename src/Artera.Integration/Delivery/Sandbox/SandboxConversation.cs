using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Delivery.Sandbox;

/// <summary>One line of a conversation as the patient's phone shows it.</summary>
/// <param name="At">When it came or went.</param>
/// <param name="FromPatient">Whether the patient sent it.</param>
/// <param name="LineNumber">The other side's number.</param>
/// <param name="Medium">How it travelled.</param>
/// <param name="Body">The words.</param>
public sealed record SandboxLine(Instant At, bool FromPatient, string LineNumber, Medium Medium, string Body);

/// <summary>A number that something was sent to.</summary>
/// <param name="Number">The patient's number or address.</param>
/// <param name="LastTextId">The latest text to it.</param>
/// <param name="Texts">How many there are.</param>
public sealed record SandboxNumber(string Number, long LastTextId, int Texts);

public static class SandboxConversations
{
    /// <summary>What went to and came from a number, oldest first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="number">The patient's number or address.</param>
    /// <param name="cancellation">Stops the queries.</param>
    public static async Task<List<SandboxLine>> SandboxConversation(this IntegrationDb db, string number, CancellationToken cancellation)
    {
        var received = await db.Set<SandboxText>().Where(text => text.To == number)
            .Select(text => new SandboxLine(text.At, false, text.LineNumber, text.Medium, text.Body))
            .ToListAsync(cancellation);
        var sent = await db.Set<InboundText>().Where(text => text.From == number)
            .Select(text => new SandboxLine(text.ReceivedAt, true, text.To, Medium.Sms, text.Body))
            .ToListAsync(cancellation);
        return [.. sent.Concat(received).OrderBy(line => line.At)];
    }

    /// <summary>The numbers that something was sent to, the latest first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellation">Stops the query.</param>
    public static Task<List<SandboxNumber>> SandboxNumbers(this IntegrationDb db, int take, CancellationToken cancellation) =>
        db.Set<SandboxText>().GroupBy(text => text.To)
            .Select(texts => new { Number = texts.Key, Last = texts.Max(text => text.Id), Count = texts.Count() })
            .OrderByDescending(texts => texts.Last)
            .Take(take)
            .Select(texts => new SandboxNumber(texts.Number, texts.Last, texts.Count))
            .ToListAsync(cancellation);
}
