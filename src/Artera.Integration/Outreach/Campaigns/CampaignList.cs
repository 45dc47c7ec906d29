using System.Text;
using Artera.Integration.Data;
using CsvHelper;
using Mediator;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>
/// Reads the list of a campaign as it comes in: the first column, or the one that a header names, has the EMR's identifiers
/// of patients. However long it is, only a batch of it is in memory.
/// </summary>
internal sealed class CampaignList(IServiceScopeFactory scopes)
{
    private const int Batch = 500;

    private static readonly string[] Headers = ["patient", "patientid", "id", "mrn", "identifier"];

    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        HasHeader = false,
        Separator = null,
        SkipEmptyLines = true,
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Recover,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        IncludeValuesInExceptions = false,
        TrackLineNumbers = true,
    };

    /// <returns>The campaign with its list; what was read before takes nothing from it.</returns>
    public async Task<CampaignSaid> Read(long campaignId, Stream csv, string who, CancellationToken cancellation)
    {
        var begun = await Send(new BeginList(campaignId), cancellation);
        if (begun.Campaign is null)
            return begun;
        await using var reader = CsvReader.Create(csv, Options, leaveOpen: true);
        var (row, column, first) = (0, 0, true);
        var batch = new List<ListedRow>(Batch);
        while (await reader.ReadAsync(cancellation))
        {
            var header = first ? HeaderOf(reader) : null;
            first = false;
            if (header is { } named)
            {
                column = named;
                continue;
            }

            if (++row > Campaign.MostPatients)
                return new(null, $"the list has more than {Campaign.MostPatients} rows");
            batch.Add(new((int)reader.LineNumber, column < reader.FieldCount ? reader.GetString(column).Trim() : ""));
            if (batch.Count == Batch)
                await Keep();
        }

        await Keep();
        return await Send(new EndList(campaignId, row, who), cancellation);

        async Task Keep()
        {
            if (batch.Count > 0)
                await Send(new AddToList(campaignId, batch), cancellation);
            batch = new(Batch);
        }
    }

    private static int? HeaderOf(CsvReader first)
    {
        for (var column = 0; column < first.FieldCount; column++)
        {
            var letters = new StringBuilder();
            foreach (var letter in first.GetString(column).Where(char.IsLetterOrDigit))
                letters.Append(char.ToLowerInvariant(letter));
            if (Headers.Contains(letters.ToString(), StringComparer.Ordinal))
                return column;
        }

        return null;
    }

    private async Task<T> Send<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }
}
