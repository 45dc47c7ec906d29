using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Mediator;

namespace Artera.Integration.Replies;

/// <summary>Applies an answer to the visits that the latest asking message was about; questions about others stay open.</summary>
internal sealed class Answering(ISender sender, ChannelBook book, Snapshot<EnterpriseDirectory> enterprise)
{
    public static PatientStatus? StatusOf(Meaning meaning) => meaning switch
    {
        Meaning.Confirm => PatientStatus.Confirmed,
        Meaning.Cancel => PatientStatus.Cancelled,
        Meaning.Reschedule => PatientStatus.RescheduleRequested,
        _ => null,
    };

    /// <summary>Answers for a patient whose channel has the text already; when no question is left, staff has to look.</summary>
    public async Task Answer(TextSender from, PatientChannel channel, long patientId, PatientStatus answer, CancellationToken cancellation)
    {
        var asked = from.LatestOf(patientId);
        if (asked.Count == 0)
            await book.Alert(channel, cancellation);

        foreach (var visit in asked)
        {
            await sender.Send(new AnswerAppointment(visit.Appointment.Id, answer, "patient"), cancellation);
            foreach (var same in from.Open.Where(other => other.Appointment.Id == visit.Appointment.Id))
                same.Question.State = QuestionState.Answered;
        }

        var directory = await enterprise.Get(cancellation);
        var left = from.Open.Where(visit => visit.PatientId == patientId && visit.Question.State == QuestionState.Open);
        foreach (var visit in left.DistinctBy(visit => visit.Appointment.Id))
        {
            book.Note(
                channel,
                ChannelEvent.QuestionStillOpen,
                $"Asked earlier and still open: {visit.Appointment.WhenInWords(directory)}",
                visit.Appointment.Id);
        }
    }
}
