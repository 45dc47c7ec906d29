using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Components;

public sealed partial class ConversationPane : Live
{
    private const int Most = 200;

    private Conversation? conversation;
    private string name = "";
    private string practice = "";
    private string line = "";
    private DateTimeZone zone = DateTimeZone.Utc;
    private bool looked;
    private long? told;

    [Parameter]
    public long ChannelId { get; set; }

    /// <summary>Whose conversation it is; null when nobody knows.</summary>
    [Parameter]
    public EventCallback<long?> PatientChanged { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        var found = await Desk.Ask(new ChannelConversation(ChannelId, Take: Most), cancellation);
        if (found is not null)
        {
            var directory = await Enterprise.Get(cancellation);
            (practice, line, zone) = (directory.PracticeName(found.Channel.PracticeId), directory.LineName(found.Channel.LineId), directory.ZoneOf(found.Channel.PracticeId));
            await Desk.Saw([found.Channel.PatientId], $"channel:{ChannelId}", cancellation);
            name = await NameOf(found.Channel, cancellation);
        }

        (conversation, looked) = (found, true);
        await Tell(found?.Channel.PatientId);
    }

    private async Task<string> NameOf(PatientChannel channel, CancellationToken cancellation)
    {
        var patient = channel.PatientId is { } id
            ? await Desk.Read(db => db.Set<Patient>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation))
            : null;
        return Words.Name(patient?.Given, patient?.Family, "Unknown number");
    }

    private async Task Tell(long? patient)
    {
        if (told == (patient ?? 0))
            return;
        told = patient ?? 0;
        await PatientChanged.InvokeAsync(patient);
    }

    private async Task Close()
    {
        await Desk.Do(new CloseConversation(ChannelId, await Desk.Who()));
        await OnParametersSetAsync();
    }
}
