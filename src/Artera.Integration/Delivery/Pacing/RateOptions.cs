namespace Artera.Integration.Delivery.Pacing;

/// <summary>The section <c>Delivery:Rates</c>: how fast lines may send. Replies go first, then reminders, then campaigns. 0 is no limit.</summary>
public sealed class RateOptions
{
    /// <summary>Segments of texts that a line sends in a second; 0 to 1,000, default 1, as carriers let an ordinary number.</summary>
    public double SegmentsPerSecond { get; set; } = 1;

    /// <summary>Segments of texts that all lines together send in a second, as the carriers let a Messaging Service's campaign; default 0.</summary>
    public double AllSegmentsPerSecond { get; set; }

    /// <summary>Calls that a line begins in a second; default 1.</summary>
    public double CallsPerSecond { get; set; } = 1;

    /// <summary>Calls of a line that ring or are spoken in at a time; 0 to 1,000, default 5.</summary>
    public int CallsAtOnce { get; set; } = 5;

    /// <summary>E-mails that leave in a second in the name of one line; 0 to 1,000, default 10, as mail servers let a sender that they do not know well.</summary>
    public double EmailsPerSecond { get; set; } = 10;

    /// <summary>Lines that may send more, or less.</summary>
    public List<LineRate> Lines { get; set; } = [];

    internal double PerSecond(Medium medium, string number)
    {
        var its = Lines.Find(line => line.Number == number);
        return medium switch
        {
            Medium.Sms => its?.SegmentsPerSecond ?? SegmentsPerSecond,
            Medium.Voice => its?.CallsPerSecond ?? CallsPerSecond,
            _ => its?.EmailsPerSecond ?? EmailsPerSecond,
        };
    }

    internal int AtOnce(Medium medium, string number) =>
        medium == Medium.Voice ? Lines.Find(line => line.Number == number)?.CallsAtOnce ?? CallsAtOnce : 0;

    internal IEnumerable<string> Problems()
    {
        const string Section = "Delivery:Rates";
        double?[] rates = [SegmentsPerSecond, AllSegmentsPerSecond, CallsPerSecond, CallsAtOnce, EmailsPerSecond, .. Lines.SelectMany(line => new double?[] { line.SegmentsPerSecond, line.CallsPerSecond, line.CallsAtOnce, line.EmailsPerSecond })];
        if (Array.Exists(rates, rate => rate is < 0 or > 1000 or double.NaN))
            yield return $"{Section}: each must be between 0, which is no limit, and 1,000";
        if (Lines.Exists(line => string.IsNullOrWhiteSpace(line.Number)))
            yield return $"{Section}:Lines: Number is the line's, such as +12025550190";
    }
}

/// <summary>What one line may send; what is null is as for all.</summary>
public sealed class LineRate
{
    /// <summary>The line's number, E.164.</summary>
    public string Number { get; set; } = "";

    /// <summary>Segments of texts in a second; null: as for all.</summary>
    public double? SegmentsPerSecond { get; set; }

    /// <summary>Calls begun in a second; null: as for all.</summary>
    public double? CallsPerSecond { get; set; }

    /// <summary>Calls at a time; null: as for all.</summary>
    public int? CallsAtOnce { get; set; }

    /// <summary>E-mails in a second; null: as for all.</summary>
    public double? EmailsPerSecond { get; set; }
}
