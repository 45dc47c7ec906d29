using Artera.Integration.Data.Adding;

namespace Artera.Integration.Inbound;

/// <summary>A message as the journal writes it.</summary>
internal static class JournalTable
{
    private static readonly string[] Names = Enum.GetNames<InboxState>();

    public static readonly RowTable<InboxMessage> Messages = new(
        "InboxMessage",
        ["Feed", "ControlId", "BodyHash"],
        "\"ControlId\" <> ''",
        Column<InboxMessage>.OfText("Feed", message => message.Feed),
        Column<InboxMessage>.OfTime("ReceivedAt", message => message.ReceivedAt),
        Column<InboxMessage>.OfBytes("Raw", message => message.Raw),
        Column<InboxMessage>.OfText("ControlId", message => message.ControlId),
        Column<InboxMessage>.OfNumber("BodyHash", message => message.BodyHash),
        Column<InboxMessage>.OfText("Event", message => message.Event),
        Column<InboxMessage>.OfText("PatientKey", message => message.PatientKey),
        Column<InboxMessage>.OfText("AppointmentKey", message => message.AppointmentKey),
        Column<InboxMessage>.OfNumber("Lane", message => message.Lane),
        Column<InboxMessage>.OfText("State", message => Names[(int)message.State]),
        Column<InboxMessage>.OfText("Cause", message => message.Cause),
        Column<InboxMessage>.OfText("CausePath", message => message.CausePath),
        Column<InboxMessage>.OfText("CauseValue", message => message.CauseValue),
        Column<InboxMessage>.OfText("CauseTable", message => message.CauseTable),
        Column<InboxMessage>.OfNumber("Attempts", _ => 0),
        Column<InboxMessage>.OfTime("SettledAt", message => message.State is InboxState.Received or InboxState.Waiting ? null : message.ReceivedAt),
        Column<InboxMessage>.OfText("AckCode", message => message.AckCode),
        Column<InboxMessage>.OfBytes("Ack", message => message.Ack),
        Column<InboxMessage>.OfFlag("AckDelivered", _ => true),
        Column<InboxMessage>.OfNumber("Resends", message => message.Resends),
        Column<InboxMessage>.OfText("Note", message => message.Note));
}
