using System.Globalization;
using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Feeds;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Drops each answer into a folder as a CSV file of one row, for an interface engine to pick up. A file appears whole or not
/// at all, and bears the control id: written again after a crash it takes its own place.
/// </summary>
public sealed class CsvWriter : IEmrWriter
{
    private const string Header = "control-id,said-at,appointment,patient,answer,start\r\n";

    private readonly Feed feed;
    private readonly string folder;

    internal CsvWriter(Feed feed)
    {
        this.feed = feed;
        folder = feed.Options.WriteBack!.Csv!.Folder;
    }

    /// <inheritdoc/>
    public string Feed => feed.Name;

    /// <inheritdoc/>
    public bool Takes(PatientStatus status) => status != PatientStatus.Unconfirmed;

    /// <inheritdoc/>
    public bool WordsAnew => false;

    /// <inheritdoc/>
    public Wording Word(Answer answer)
    {
        var row = string.Join(',', new[]
        {
            answer.ControlId, Local(answer.Now), answer.AppointmentId, answer.PatientId, answer.Status.ToString(), answer.Start is { } start ? Local(start) : "",
        }.Select(Quoted));
        return new(Encoding.UTF8.GetBytes($"{Header}{row}\r\n"));
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> Send(ReadOnlyMemory<byte> message, bool mayHaveArrived, Func<byte[], Task> keep, CancellationToken cancellation)
    {
        var name = NameOf(message.Span);
        var half = Path.Combine(folder, $".{name}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            await using (var file = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(message, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, Path.Combine(folder, $"{name}.csv"), overwrite: true);
            return new WriteOutcome.Taken(Encoding.UTF8.GetBytes($"{name}.csv"));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new WriteOutcome.Unreachable(trouble.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public ValueTask HangUp() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The control id, which is ours: letters, digits and hyphens.</summary>
    private static string NameOf(ReadOnlySpan<byte> message)
    {
        var row = message[Header.Length..];
        return Encoding.UTF8.GetString(row[..row.IndexOf((byte)',')]);
    }

    private string Local(Instant instant) => OffsetDateTimePattern.GeneralIso.Format(instant.InZone(feed.Zone).ToOffsetDateTime());

    internal static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : string.Create(CultureInfo.InvariantCulture, $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
}
