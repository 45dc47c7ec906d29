using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Mediator;

namespace Artera.Integration.Channels;

/// <summary>Whether the EMR has heard an answer. One that it has not taken waits for a person, whatever opens a channel otherwise.</summary>
internal sealed class NoteEmr(ChannelBook book, Snapshot<EnterpriseDirectory> enterprise)
    : INotificationHandler<AnswerReachedEmr>, INotificationHandler<AnswerRefusedByEmr>
{
    public async ValueTask Handle(AnswerReachedEmr notification, CancellationToken cancellationToken) =>
        await Note(notification.Appointment, ChannelEvent.InTheEmr, $"The EMR has the {Name(notification.Status)} of", "", cancellationToken);

    public async ValueTask Handle(AnswerRefusedByEmr notification, CancellationToken cancellationToken)
    {
        var words = $"The EMR does not have the {Name(notification.Status)} of";
        if (await Note(notification.Appointment, ChannelEvent.NotInTheEmr, words, $" ({notification.Cause}): enter it by hand or settle it", cancellationToken) is { } channel)
            await book.Alert(channel, cancellationToken);
    }

    private async Task<PatientChannel?> Note(Appointment appointment, string happened, string before, string after, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        if (await book.ChannelOf(appointment, directory, cancellation) is not { } channel)
            return null;
        book.Note(channel, happened, $"{before} {appointment.WhenInWords(directory)}{after}", appointment.Id);
        return channel;
    }

    private static string Name(PatientStatus status) => status switch
    {
        PatientStatus.Confirmed => "confirmation",
        PatientStatus.Cancelled => "cancellation",
        _ => "wish for another time instead",
    };
}
