using System.Globalization;

namespace Artera.Integration.Benchmarks;

/// <summary>What stands in each table after a year: <c>scale</c> 1 is ten million appointments.</summary>
internal sealed class Contents(Dialect sql, double scale)
{
    public const string Emr = "emr";

    /// <summary>How many planned messages are due at <see cref="NowSeconds"/>, at any scale.</summary>
    public const int Due = 20_000;

    /// <summary>Rows lie in the 300 days before, visits up to 60 days after.</summary>
    public const long NowSeconds = 300L * 86_400;

    private const int Triggers = 10;
    private const int Lines = 50;
    private const int Waiting = 200;
    private const int Open = 2_000;

    private long Patients => Count(2_000_000);

    private long Appointments => Count(10_000_000);

    private long Messages => Count(5_000_000);

    private long Texts => Count(4_000_000);

    private long Channels => Count(2_000_000);

    private long Planned => Math.Max(Count(5_000_000), Due * 2);

    public IEnumerable<(string Table, long Rows, (string Column, string Sql)[] Columns)> Tables() =>
    [
        ("HealthSystem", 1, [("Name", "'Test Health'"), ("BaseLanguage", "'en'"), ("TestNumbers", "'[]'")]),
        ("Practice", Lines, [("HealthSystemId", "1"), ("Name", "'Practice ' || i"), ("TimeZone", "'America/Chicago'"), ("Hours", "'{}'"), ("ConfirmText", "'{}'")]),
        ("Line", Lines, [("PracticeId", "i"), ("Number", Phone("i", 9)), ("Name", "'Desk'")]),
        ("Trigger", Triggers, [("HealthSystemId", "1"), ("Name", "'Rule ' || i"), ("Module", "'Appointment'"), ("Timing", """'{"anchor":"Booked"}'"""), ("Filters", """'{"include":[],"exclude":[]}'"""), ("Texts", "'[]'"), ("SendFrom", "'Location'"), ("Quiet", "'Adjust'")]),
        ("Patient", Patients, [("Emr", Text(Emr)), ("ExternalId", PatientKey("i")), ("Given", "'Test'"), ("Family", "'Sample' || i"), ("Sex", "'Female'"), ("Version_SentAt", Spread(Patients))]),
        ("PatientIdentifier", Patients, [("Emr", Text(Emr)), ("ExternalId", PatientKey("i")), ("PatientId", "i")]),
        ("ContactPoint", Patients, [("PatientId", "i"), ("Tag", "'Cell'"), ("Address", Phone("i", 2))]),
        ("Appointment", Appointments,
        [
            ("Emr", Text(Emr)), ("ExternalId", VisitKey("i")), ("Feed", "'siu'"), ("PatientId", Patient("i")), ("PracticeId", Any("i", 3, Lines)),
            ("StartsAt", sql.At(Ratio(360 * 86_400L, Appointments))), ("TypeCode", "'FOLLOWUP'"), ("LocationCode", "'L1'"),
            ("SystemStatus", "'Booked'"), ("SystemStatusAt", sql.At("0")), ("PatientStatus", "'Unconfirmed'"), ("BookedAt", Spread(Appointments)), ("Version_SentAt", Spread(Appointments)),
        ]),
        ("InboxMessage", Messages, Message()),
        ("PlannedMessage", Planned,
        [
            ("TriggerId", Any("i", 5, Triggers)), ("PatientId", Patient(Any("i", 6, Appointments))), ("Module", "'Appointment'"), ("SubjectId", Any("i", 6, Appointments)),
            ("Anchor", sql.At("i")), ("DecidedAt", Spread(Planned)), ("OutboundMessageId", $"CASE WHEN i <= {Texts} THEN i END"),
            ("State", $"CASE WHEN i % {Math.Max(Planned / Due, 1)} = 0 THEN 'Planned' WHEN i % 20 = 0 THEN 'Planned' WHEN i % 3 = 0 THEN 'NotSent' ELSE 'Sent' END"),
            ("DueAt", $"CASE WHEN i % {Math.Max(Planned / Due, 1)} = 0 THEN {sql.At($"{NowSeconds} - 3600 + i % 3600")} WHEN i % 20 = 0 THEN {sql.At($"{NowSeconds} + i % 2592000")} ELSE {Spread(Planned)} END"),
        ]),
        ("OutboundMessage", Texts,
        [
            ("Medium", "'Sms'"), ("LineId", Any("i", 3, Lines)), ("From", Phone(Any("i", 3, Lines), 9)), ("To", Phone(Patient(Any("i", 6, Appointments)), 2)), ("Body", Words), ("Reference", "'planned:' || i"),
            ("PatientId", Patient(Any("i", 6, Appointments))), ("Priority", "1"), ("CreatedAt", Spread(Texts)), ("DueAt", Spread(Texts)), ("SentAt", Spread(Texts)), ("State", "'Sent'"), ("Delivery", "'Delivered'"), ("ProviderId", "'SM' || i"),
        ]),
        ("Attempt", Texts, [("OutboundMessageId", "i"), ("Number", "1"), ("StartedAt", Spread(Texts)), ("SettledAt", Spread(Texts)), ("Outcome", "'Accepted'")]),
        ("OpenQuestion", Texts / 2,
        [
            ("LineId", Any("i", 3, Lines)), ("Number", Phone(Patient(Any("i", 6, Appointments)), 2)), ("PatientId", Patient(Any("i", 6, Appointments))), ("AppointmentId", Any("i", 6, Appointments)), ("OutboundMessageId", "i"),
            ("AskedAt", Spread(Texts)), ("ClosesAt", Spread(Texts)), ("State", "CASE WHEN i % 50 = 0 THEN 'Open' ELSE 'Answered' END"),
        ]),
        ("InboundText", Texts / 2,
            [("ProviderId", "'IM' || i"), ("From", Phone(Patient(Any("i", 6, Appointments)), 2)), ("To", Phone(Any("i", 3, Lines), 9)), ("Body", "'Y'"), ("ReceivedAt", Spread(Texts / 2)), ("DueAt", Spread(Texts / 2)), ("Understood", sql.True), ("Meaning", "'confirm'")]),
        ("PatientChannel", Channels,
            [("LineId", Any("i", 3, Lines)), ("PracticeId", Any("i", 3, Lines)), ("PatientId", "i"), ("Address", Phone("i", 2)), ("IsOpen", $"CASE WHEN i % {Math.Max(Channels / Open, 1)} = 0 THEN {sql.True} ELSE {sql.False} END"), ("LastLineAt", Spread(Channels))]),
        ("ChannelLine", Count(20_000_000),
            [("ChannelId", Any("i", 8, Channels) + " + 1"), ("Kind", "CASE WHEN i % 3 = 0 THEN 'Inbound' WHEN i % 3 = 1 THEN 'Outbound' ELSE 'Event' END"), ("At", Spread(Count(20_000_000))), ("Body", Words)]),
        ("PendingWriteBack", Count(1_000_000),
            [("Feed", "'siu'"), ("AppointmentId", Any("i", 9, Appointments) + " + 1"), ("Status", "'Confirmed'"), ("By", "'patient'"), ("CreatedAt", Spread(Count(1_000_000))), ("DueAt", Spread(Count(1_000_000))), ("SettledAt", Spread(Count(1_000_000))), ("State", "'Done'"), ("ControlId", "'AW' || i")]),
        ("Recall", Count(1_000_000),
            [("Emr", Text(Emr)), ("ExternalId", "'R' || i"), ("Feed", "'siu'"), ("PatientId", Patient("i")), ("PracticeId", Any("i", 3, Lines)), ("DueOn", sql.Day("i % 700")), ("Status", "CASE WHEN i % 4 = 0 THEN 'Active' ELSE 'Completed' END"), ("CreatedAt", Spread(Count(1_000_000))), ("Version_SentAt", sql.At("0"))]),
        ("Referral", Count(500_000),
            [("Emr", Text(Emr)), ("ExternalId", "'F' || i"), ("Feed", "'siu'"), ("PatientId", Patient("i")), ("PracticeId", Any("i", 3, Lines)), ("Status", "CASE WHEN i % 4 = 0 THEN 'Active' ELSE 'Completed' END"), ("CreatedAt", Spread(Count(500_000))), ("Version_SentAt", sql.At("0"))]),
    ];

    private const string Words = "'Riverside Family Medicine: you have a visit tomorrow at 10:00 AM. Reply Y to confirm or N to cancel.'";

    private (string Column, string Sql)[] Message()
    {
        var kind = StoredKind.Of(Dialect.Mixed("i", 1, StoredKind.Events), Dialect.Mixed("i", 2, StoredKind.Fates), $"i > {Messages - Waiting}");
        var visit = $"CASE WHEN {kind.Event} LIKE 'SIU%' THEN {VisitKey(Any("i", 4, Appointments))} END";
        var (control, patient) = ($"'C' || {sql.Padded("i", 9)}", PatientKey(Patient(Any("i", 4, Appointments))));
        var text = $"'MSH|^~\\&|EMR|NORTH|ARTERA|HUB|20260926090000||' || {kind.Event} || '|' || {control} || '|P|2.5.1' || {sql.CarriageReturn} || 'SCH||' || COALESCE({visit}, '') || '||||||FOLLOWUP|30|min|^^^20261102100000' || {sql.CarriageReturn} || 'PID|1||' || {patient} || '^^^MRN^MR||Sample^Test' || {sql.CarriageReturn}";
        return
        [
            ("Feed", "CASE WHEN i % 3 = 0 THEN 'adt' ELSE 'siu' END"), ("ReceivedAt", Spread(Messages)), ("Raw", sql.Bytes(text)), ("ControlId", control), ("BodyHash", Dialect.Mixed("i", 9, long.MaxValue)),
            ("Event", kind.Event), ("PatientKey", patient), ("AppointmentKey", visit), ("Lane", Any("i", 7, 16) + " - 1"), ("State", kind.State), ("Cause", kind.Cause), ("CausePath", kind.Path), ("CauseValue", kind.Value),
            ("CauseTable", kind.Table), ("SettledAt", $"CASE WHEN i > {Messages - Waiting} THEN NULL ELSE {Spread(Messages)} END"), ("AckCode", "'AA'"), ("AckDelivered", sql.True),
        ];
    }

    private long Count(long atFullScale) => Math.Max((long)(atFullScale * scale), 1_000);

    private static string Text(string value) => $"'{value}'";

    private string PatientKey(string id) => $"'P' || {sql.Padded(id, 7)}";

    private string VisitKey(string id) => $"'A' || {sql.Padded(id, 8)}";

    private string Phone(string id, int area) => string.Create(CultureInfo.InvariantCulture, $"'+1{area}' || {sql.Padded(id, 9)}");

    /// <summary>Whose visit it is.</summary>
    private string Patient(string visit) => Any(visit, 2, Patients);

    private static string Any(string number, int salt, long of) => $"({Dialect.Mixed(number, salt, of)} + 1)";

    private static string Ratio(long seconds, long rows) => string.Create(CultureInfo.InvariantCulture, $"i * {seconds} / {rows}");

    private string Spread(long rows) => sql.At(Ratio(NowSeconds, rows));
}
