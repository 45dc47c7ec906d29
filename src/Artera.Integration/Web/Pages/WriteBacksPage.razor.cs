using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Web.Components;
using Artera.Integration.WriteBack;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Pages;

public sealed partial class WriteBacksPage : Live
{
    private const int Most = 100;

    private static readonly WriteBackState[] ForAPerson = [WriteBackState.Parked, WriteBackState.NotSupported];
    private static readonly WriteBackState[] Unsaid = [WriteBackState.Pending, WriteBackState.Parked];

    private IReadOnlyList<WriteBackLine> waiting = [];
    private IReadOnlyList<WriteBackLine> latest = [];
    private IReadOnlyList<OrderStatusLine> unsaid = [];
    private IReadOnlyList<OrderStatusLine> statuses = [];
    private EnterpriseDirectory? directory;

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        var parked = await Read(answers => answers.Where(row => ForAPerson.Contains(row.State)).OrderBy(row => row.Id), cancellation);
        var others = await Read(answers => answers.Where(row => !ForAPerson.Contains(row.State)).OrderByDescending(row => row.Id), cancellation);
        var untold = await ReadStatuses(rows => rows.Where(row => Unsaid.Contains(row.State)).OrderBy(row => row.Id), cancellation);
        var told = await ReadStatuses(rows => rows.Where(row => !Unsaid.Contains(row.State)).OrderByDescending(row => row.Id), cancellation);
        await Desk.Saw([.. parked.Concat(others).Select(line => line.Row.PatientId), .. untold.Concat(told).Select(line => line.Row.PatientId)], "writebacks", cancellation);
        directory = await Enterprise.Get(cancellation);
        (waiting, latest, unsaid, statuses) = (parked, others, untold, told);
    }

    private Task<IReadOnlyList<WriteBackLine>> Read(Func<IQueryable<PendingWriteBack>, IQueryable<PendingWriteBack>> which, CancellationToken cancellation) =>
        Desk.Read(db => which(db.Set<PendingWriteBack>().AsNoTracking()).Take(Most).AsLines(db, cancellation));

    private Task<IReadOnlyList<OrderStatusLine>> ReadStatuses(
        Func<IQueryable<PendingOrderStatus>, IQueryable<PendingOrderStatus>> which, CancellationToken cancellation) =>
        Desk.Read(db => which(db.Set<PendingOrderStatus>().AsNoTracking()).Take(Most).AsLines(db, cancellation));

    private async Task DecideStatus((long Id, DecideWriteBack.Choice Choice) decision)
    {
        await Desk.Do(new DecideOrderStatus(decision.Id, decision.Choice, await Desk.Who()));
        await OnParametersSetAsync();
    }

    private async Task Decide((long Id, DecideWriteBack.Choice Choice) decision)
    {
        await Desk.Do(new DecideWriteBack(decision.Id, decision.Choice, await Desk.Who()));
        await OnParametersSetAsync();
    }
}
