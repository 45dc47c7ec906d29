using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Mediator;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Channels;

/// <summary>An answer is an event message, and opens the channel when somebody has to act on it.</summary>
internal sealed class NoteAnswer(ChannelBook book, Snapshot<EnterpriseDirectory> enterprise, IOptions<ChannelsOptions> options)
    : INotificationHandler<PatientAnswered>
{
    private const string Patient = "patient";

    public async ValueTask Handle(PatientAnswered notification, CancellationToken cancellationToken)
    {
        var appointment = notification.Appointment;
        var directory = await enterprise.Get(cancellationToken);
        if (await book.ChannelOf(appointment, directory, cancellationToken) is not { } channel)
            return;

        var byPatient = notification.By == Patient;
        var (happened, words) = appointment.PatientStatus switch
        {
            PatientStatus.Confirmed => (ChannelEvent.Confirmed, "Confirmed"),
            PatientStatus.Cancelled => (ChannelEvent.CancelRequested, "Asked to cancel"),
            PatientStatus.RescheduleRequested => (ChannelEvent.RescheduleRequested, "Asked for another time instead of"),
            _ => (ChannelEvent.AnswerWithdrawn, "No longer answered:"),
        };
        book.Note(
            channel,
            happened,
            $"{words} {appointment.WhenInWords(directory)}{(byPatient ? "" : ", on the patient's behalf")}",
            appointment.Id,
            byPatient ? null : notification.By);
        if (byPatient && options.Value.Reopens(appointment.PatientStatus))
            await book.Open(channel, cancellationToken);
    }
}
