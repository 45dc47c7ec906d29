using System.Globalization;
using Artera.Integration.Inbound;
using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>
/// What happens in the fortnight, and what must come of it. The expectations are worked out here, from the calendar
/// and from what each storyline is about; nothing of the server is asked.
/// </summary>
internal sealed partial class Script
{
    // 555-0100 to 555-0199 is reserved for fiction in every area code.
    private static readonly string[] AreaCodes = ["212", "315", "518", "607", "716"];

    private readonly List<Happening> happenings = [];
    private readonly SimulatedMessages emr = new();
    private int patients;
    private int visits;
    private int messages;

    /// <summary>How a message is worded, given its control id and the EMR's local time.</summary>
    public delegate byte[] Wording(SimulatedMessages emr, string controlId, LocalDateTime now);

    public Tally Expected { get; } = new(Counts.InOrder);

    public Script() => IsShaken();

    /// <summary>In the order in which they happen; what happens at the same moment keeps the order of the script.</summary>
    public IEnumerable<Happening> Happenings => happenings.OrderBy(happening => happening.At);

    /// <summary>The next patient, in English, Spanish and Arabic by turns.</summary>
    public SimulatedPatient NewPatient()
    {
        var n = patients++;
        Expected.Add(Counts.Patients);
        var (language, given) = (n % 5) switch { 1 => ("spa", "Muestra"), 3 => ("ara", "عينة"), _ => ("eng", "Testa") };
        return new SimulatedPatient($"T{10000 + n}", given, "Sample")
        {
            Language = language,
            Sex = n % 2 == 0 ? "F" : "M",
            Born = new LocalDate(1950 + (n % 60), 2, 3),
            Cell = string.Create(CultureInfo.InvariantCulture, $"{AreaCodes[n / 100]}55501{n % 100:00}"),
            Email = $"t{10000 + n}@example.org",
        };
    }

    public StoryVisit NewVisit(SimulatedPatient patient, StoryPlace place, int day, int hour = 14, int minute = 30) => new(
        $"V{5000 + visits++}", patient, place, Fortnight.Monday.PlusDays(day).At(new LocalTime(hour, minute)));

    public byte[] Send(Instant at, InboxState fate, Wording wording, StoryVisit? visit = null, string acknowledged = "AA")
    {
        var message = wording(emr, string.Create(CultureInfo.InvariantCulture, $"S{++messages:00000}"), at.InZone(Fortnight.NewYork).LocalDateTime);
        Send(at, fate, message, visit, acknowledged);
        return message;
    }

    public void Send(Instant at, InboxState fate, byte[] message, StoryVisit? visit = null, string acknowledged = "AA")
    {
        happenings.Add(new EmrSends(at, message, acknowledged, visit?.InTheBook));
        Expected.Add(Counts.Received);
        Expected.Add(Counts.Of(fate));
    }

    /// <summary>The sender never saw the acknowledgement and sends the very same again.</summary>
    public void SendAgain(Instant at, byte[] message)
    {
        happenings.Add(new EmrSends(at, message, "AA"));
        Expected.Add(Counts.Resent);
    }

    public void Text(Instant at, SimulatedPatient patient, StoryPlace place, string text, string meaning)
    {
        happenings.Add(new PatientTexts(at, $"+1{patient.Cell}", place.Line, text));
        Expected.Add(Counts.Answered(meaning));
    }

    public void Expect(string count, int times = 1) => Expected.Add(count, times);
}
