using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Data;

/// <summary>A node keeps settings in memory, and follows what another one changes, whatever kind it is.</summary>
public sealed class When_settings_change_on_another_node
{
    private static readonly Dictionary<Type, Func<IntegrationDb, Task<object>>> Any = new()
    {
        [typeof(HealthSystem)] = async db => await db.Set<HealthSystem>().SingleAsync(),
        [typeof(Practice)] = async db => await db.Set<Practice>().SingleAsync(),
        [typeof(Line)] = async db => await db.Set<Line>().SingleAsync(),
        [typeof(Resource)] = async db => await db.Set<Resource>().SingleAsync(),
        [typeof(Trigger)] = async db => await db.Set<Trigger>().FirstAsync(),
        [typeof(EventType)] = _ => Task.FromResult<object>(new EventType { Emr = "main", ExternalId = "NEW" }),
        [typeof(Holiday)] = async db => new Holiday { HealthSystemId = (await db.Set<HealthSystem>().SingleAsync()).Id, Name = "Closed", Date = new LocalDate(2026, 12, 25) },
        [typeof(PracticeChoice)] = async db => new PracticeChoice { TriggerId = (await db.Set<Trigger>().FirstAsync()).Id, PracticeId = (await db.Set<Practice>().SingleAsync()).Id, Running = false },
    };

    public static TheoryData<Type> Kinds => [.. typeof(ISetting).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ISetting)))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_is_changed_here_and_known_there(Type kind)
    {
        await using var here = await Rooms.OpenOn(DatabaseProvider.PostgreSql);
        await here.Read(TestHealth.SetUp);
        await using var there = here.Beside();
        var (directory, book) = await Known(there);
        (await Known(there)).ShouldBe((directory, book), "nothing has changed");

        await here.Read(async db =>
        {
            var row = await Any[kind](db);
            db.Entry(row).State = db.Entry(row).State == EntityState.Detached ? EntityState.Added : EntityState.Modified;
            return await db.SaveChangesAsync();
        });

        var (newDirectory, newBook) = await Known(there);
        newDirectory.ShouldNotBeSameAs(directory);
        newBook.ShouldNotBeSameAs(book);
    }

    private static async Task<(EnterpriseDirectory Directory, TriggerBook Book)> Known(Rooms rooms) => (
        await rooms.Services.GetRequiredService<Snapshot<EnterpriseDirectory>>().Get(TestContext.Current.CancellationToken),
        await rooms.Services.GetRequiredService<Snapshot<TriggerBook>>().Get(TestContext.Current.CancellationToken));
}
