using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>Finds the channel that a line of conversation belongs to, and writes the line.</summary>
internal sealed class ChannelBook(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, TimeProvider time)
{
    /// <summary>Where the patient has just said something: what that sets off in the same transaction belongs there.</summary>
    public PatientChannel? Heard { get; set; }

    /// <summary>The channel of a patient on a line, or of a number that nobody knows; a new one is closed.</summary>
    public async Task<PatientChannel> Channel(long lineId, long? patientId, string address, CancellationToken cancellation)
    {
        var channels = db.Set<PatientChannel>().Where(row => row.LineId == lineId);
        var channel = patientId is { } patient
            ? await channels.SingleOrDefaultAsync(row => row.PatientId == patient, cancellation)
            : await channels.OrderBy(row => row.Id).FirstOrDefaultAsync(row => row.PatientId == null && row.Address == address, cancellation);
        if (channel is not null)
        {
            channel.Address = address;
            return channel;
        }

        return await New(lineId, patientId, address, cancellation);
    }

    /// <summary>
    /// Where a patient and a practice talk: the channel last used, else a new one on the line given. Null when the
    /// patient has no address at all.
    /// </summary>
    public async Task<PatientChannel?> LastUsed(long patientId, long practiceId, long? lineId, CancellationToken cancellation)
    {
        if (Heard?.PatientId == patientId)
            return Heard;

        var patient = await db.FindPatient(patientId, cancellation);
        if (db.IsNew(patient))
            db.AtHand<long, PatientChannel>().Expect([patientId]);
        var known = db.AtHand<long, PatientChannel>().Find(patientId);
        var last = known is not null
            ? known.Where(row => row.PracticeId == practiceId || row.LineId == lineId).MaxBy(row => (row.LastLineAt, row.Id))
            : await db.Set<PatientChannel>()
                .Where(row => row.PatientId == patientId && (row.PracticeId == practiceId || row.LineId == lineId))
                .OrderByDescending(row => row.LastLineAt).ThenByDescending(row => row.Id)
                .FirstOrDefaultAsync(cancellation);
        if (last is not null || lineId is not { } line)
            return last;

        var point = patient.ContactPoints.MinBy(point => point.Tag switch { ContactTag.Cell => 0, ContactTag.Email => 2, _ => 1 });
        if (point is null)
            return null;
        return known is null
            ? await Channel(line, patientId, point.Address, cancellation)
            : await New(line, patientId, point.Address, cancellation);
    }

    private async Task<PatientChannel> New(long lineId, long? patientId, string address, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        var channel = new PatientChannel
        {
            LineId = lineId,
            PracticeId = directory.Line(lineId).PracticeId,
            PatientId = patientId,
            Address = address,
            LastLineAt = time.Now(),
        };
        db.Add(channel);
        if (patientId is not { } patient || !db.AtHand<long, PatientChannel>().Put(patient, channel))
            await db.SaveChangesAsync(cancellation);
        return channel;
    }

    /// <summary>Adds a line at the end; <paramref name="line"/>'s channel is set here.</summary>
    public void Write(PatientChannel channel, ChannelLine line)
    {
        line.ChannelId = channel.Id;
        db.Add(line);
        if (channel.LastLineAt < line.At)
            channel.LastLineAt = line.At;
    }

    /// <summary>Records what happened; never sent to the patient.</summary>
    public void Note(PatientChannel channel, string happened, string words, long? appointmentId = null, string? by = null, long? outboundMessageId = null) =>
        Write(channel, new ChannelLine
        {
            Kind = LineKind.Event,
            At = time.Now(),
            Body = words,
            Event = happened,
            AppointmentId = appointmentId,
            By = by,
            OutboundMessageId = outboundMessageId,
        });

    /// <summary>Opens a channel, unless its line takes no replies.</summary>
    public async Task Open(PatientChannel channel, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        if (!directory.Line(channel.LineId).OneWay)
            channel.Open(time.Now());
    }

    /// <summary>Opens a channel for somebody to act.</summary>
    public async Task Alert(PatientChannel channel, CancellationToken cancellation)
    {
        await Open(channel, cancellation);
        channel.NeedsAction = channel.IsOpen;
    }

    /// <summary>The whole history of one channel goes over to another, in order.</summary>
    public async Task Join(PatientChannel from, PatientChannel into, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        var lines = await db.Set<ChannelLine>().Where(line => line.ChannelId == from.Id).ToListAsync(cancellation);
        lines.ForEach(line => line.ChannelId = into.Id);
        if (from.IsOpen && (!into.IsOpen || from.OpenedAt < into.OpenedAt))
            into.OpenedAt = from.OpenedAt;
        into.IsOpen |= from.IsOpen;
        into.NeedsAction |= from.NeedsAction;
        if (from.LastLineAt > into.LastLineAt)
            (into.LastLineAt, into.Address) = (from.LastLineAt, from.Address);
        await db.SaveChangesAsync(cancellation);
        db.Remove(from);
        await db.SaveChangesAsync(cancellation);
    }
}
