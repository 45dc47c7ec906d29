using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>Staff found out whose an unverified channel is; a channel that the patient has on the line already takes it over.</summary>
internal sealed record LinkPatient(long ChannelId, long PatientId, string By) : IRequest<LinkPatient.Outcome>
{
    /// <summary>Whether it was linked, and why not.</summary>
    /// <param name="ChannelId">The patient's channel, when linked.</param>
    public sealed record Outcome(bool Linked, long? ChannelId, string? Why = null);
}

internal sealed class LinkPatientHandler(IntegrationDb db, ChannelBook book) : IRequestHandler<LinkPatient, LinkPatient.Outcome>
{
    public async ValueTask<LinkPatient.Outcome> Handle(LinkPatient request, CancellationToken cancellationToken)
    {
        var channel = await db.Set<PatientChannel>().SingleOrDefaultAsync(row => row.Id == request.ChannelId, cancellationToken);
        if (channel is null)
            return new LinkPatient.Outcome(false, null, "no such channel");
        if (!channel.IsUnverified)
            return new LinkPatient.Outcome(channel.PatientId == request.PatientId, channel.Id, "the channel has a patient");
        if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == request.PatientId, cancellationToken))
            return new LinkPatient.Outcome(false, channel.Id, "no such patient");

        var own = await db.Set<PatientChannel>()
            .SingleOrDefaultAsync(row => row.LineId == channel.LineId && row.PatientId == request.PatientId, cancellationToken);
        await Remember(channel, request.PatientId, cancellationToken);
        if (own is not null)
            await book.Join(channel, own, cancellationToken);
        else
            channel.PatientId = request.PatientId;
        book.Note(own ?? channel, ChannelEvent.Linked, "An unknown number was linked to the patient", by: request.By);
        return new LinkPatient.Outcome(true, (own ?? channel).Id);
    }

    /// <summary>For a number that the EMR gives to nobody; a shared one is not this patient's alone.</summary>
    private async Task Remember(PatientChannel channel, long patientId, CancellationToken cancellation)
    {
        if (await db.Set<ContactPoint>().AnyAsync(point => point.Address == channel.Address, cancellation))
            return;

        var linked = await db.Set<LinkedNumber>()
            .SingleOrDefaultAsync(row => row.Number == channel.Address && row.LineId == channel.LineId, cancellation);
        if (linked is null)
            db.Add(new LinkedNumber { LineId = channel.LineId, Number = channel.Address, PatientId = patientId });
        else
            linked.PatientId = patientId;
    }
}
