using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Mediator;

namespace Artera.Integration.Channels;

/// <summary>What the EMR did with a visit, as event messages: when it is, and nothing of what it is for.</summary>
internal sealed class NoteAppointment(ChannelBook book, Snapshot<EnterpriseDirectory> enterprise)
    : INotificationHandler<AppointmentBooked>, INotificationHandler<AppointmentUpdated>, INotificationHandler<AppointmentCancelled>
{
    public ValueTask Handle(AppointmentBooked notification, CancellationToken cancellationToken) =>
        notification.Appointment.ReplacesId is null
            ? Note(notification.Appointment, ChannelEvent.Booked, "Booked for", cancellationToken)
            : Note(notification.Appointment, ChannelEvent.Changed, "Changed to", cancellationToken);

    public ValueTask Handle(AppointmentUpdated notification, CancellationToken cancellationToken) =>
        notification.Moved ? Note(notification.Appointment, ChannelEvent.Changed, "Changed to", cancellationToken) : ValueTask.CompletedTask;

    public ValueTask Handle(AppointmentCancelled notification, CancellationToken cancellationToken) =>
        Note(notification.Appointment, ChannelEvent.CancelledByEmr, "The EMR cancelled the visit of", cancellationToken);

    private async ValueTask Note(Appointment appointment, string happened, string words, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        if (await book.ChannelOf(appointment, directory, cancellation) is { } channel)
            book.Note(channel, happened, $"{words} {appointment.WhenInWords(directory)}", appointment.Id);
    }
}
