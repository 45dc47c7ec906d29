using Artera.Integration.Web.Api;
using Artera.Integration.Web.Components;
using Artera.Integration.WriteBack;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Pages;

public sealed partial class WriteBacksPage : Live
{
    private const int Most = 200;

    private IReadOnlyList<WriteBackRow> rows = [];
    private WriteBackState? state;

    [Inject]
    private Desk Desk { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        var found = await Desk.Read(db =>
        {
            var answers = db.Set<PendingWriteBack>().AsNoTracking();
            if (state is not null)
                answers = answers.Where(row => row.State == state);
            return answers.OrderByDescending(row => row.Id).Take(Most).AsRows(db).ToListAsync(cancellation);
        });
        await Desk.Saw(found.Select(row => row.PatientId), "writebacks", cancellation);
        rows = found;
    }

    private Task Choose(WriteBackState? choice)
    {
        state = choice;
        return OnParametersSetAsync();
    }

    private async Task Decide(long id, DecideWriteBack.Choice choice)
    {
        await Desk.Do(new DecideWriteBack(id, choice, await Desk.Who()));
        await OnParametersSetAsync();
    }
}
