namespace Artera.Integration.Delivery;

/// <summary>The section <c>Delivery:Calls</c>.</summary>
public sealed class CallOptions
{
    /// <summary>How often somebody is called who is busy or does not answer; 1 to 10, default 3. Not after the message has lost its meaning, nor at night.</summary>
    public int Tries { get; set; } = 3;

    /// <summary>How long after such a call the next one is made; 2 minutes to 24 hours, default 30 minutes.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Calls that nobody has just asked for (reminders, campaigns) say that key 8 stops such calls; default true. In the United
    /// States calls about care must offer a key for that (47 CFR 64.1200(a)(9)(iv)).
    /// </summary>
    public bool OfferOptOut { get; set; } = true;

    /// <summary>A toll-free number that is told to answering machines, where nobody can press a key, E.164; null: none is told.</summary>
    public string? OptOutNumber { get; set; }

    internal IEnumerable<string> Problems()
    {
        if (Tries is < 1 or > 10)
            yield return "Delivery:Calls:Tries must be between 1 and 10";
        if (Pause < TimeSpan.FromMinutes(2) || Pause > TimeSpan.FromHours(24))
            yield return "Delivery:Calls:Pause must be between 2 minutes and 24 hours";
        if (OptOutNumber is { Length: > 0 } number && !(number[0] == '+' && number.Skip(1).All(char.IsAsciiDigit)))
            yield return "Delivery:Calls:OptOutNumber must be a number such as +18005550100";
    }
}
