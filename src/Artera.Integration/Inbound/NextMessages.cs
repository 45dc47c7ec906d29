using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>The next messages and what they touch, read for all of them at once.</summary>
internal sealed class NextMessages(IntegrationDb db, InboxQueue queue, FeedBook feeds, IPublisher publisher, TimeProvider time)
{
    private int ahead;

    /// <summary>In their order.</summary>
    public List<(long Id, Understanding? Says)> Messages { get; private set; } = [];

    /// <summary>True when there are likely others after these.</summary>
    public bool MoreWait { get; private set; }

    public async Task Read(int[] lanes, int take, CancellationToken cancellation)
    {
        (Messages, ahead) = ([], 0);
        (var ids, MoreWait) = await queue.Next(lanes, take, cancellation);
        if (ids.Count == 0)
            return;
        var rows = await db.Set<InboxMessage>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellation);
        await ReusedControlIds.Note(db, rows, cancellation);
        var understood = db.AtHand<long, Understanding>();
        understood.Expect(ids);
        Messages = rows.ConvertAll(row => (row.Id, Understand(row)));
        foreach (var (id, says) in Messages)
        {
            if (says is not null)
                understood.Put(id, says);
        }
    }

    /// <summary>What a message touches is at hand, and what those after it touch with it.</summary>
    public async Task Reach(int message, CancellationToken cancellation)
    {
        if (message < ahead)
            return;
        var plain = Messages.Skip(message).Select(next => next.Says).TakeWhile(says => says is { IsPlain: true }).OfType<Understanding>().ToList();
        await ReadAhead(plain, cancellation);
        ahead = message + plain.Count;
    }

    /// <summary>A message that nobody can read without an error has it again when it is its turn, and fails alone.</summary>
    private Understanding? Understand(InboxMessage row)
    {
        try
        {
            return Understanding.Of(row, feeds);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private async Task ReadAhead(List<Understanding> messages, CancellationToken cancellation)
    {
        foreach (var emr in messages
            .SelectMany(says => says.Events, (says, happened) => (says.Feed!.Emr, Happened: happened))
            .GroupBy(pair => pair.Emr, pair => pair.Happened, StringComparer.Ordinal))
        {
            var patients = await db.ReadPatientsAhead(emr.Key, [.. emr.Select(happened => happened.Patient.Id).Distinct(StringComparer.Ordinal)], cancellation);
            var patientIds = patients.ConvertAll(patient => patient.Id);
            var named = emr.OfType<AppointmentChanged>().SelectMany(changed => new[] { changed.Appointment.Id, changed.Appointment.OtherId }).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var visits = await db.ReadAppointmentsAhead(emr.Key, named, patientIds, time.Now(), cancellation);
            await publisher.Publish(new AppointmentsAtHand(visits, patientIds), cancellation);
        }
    }
}
