using Quartz;

namespace Artera.Integration.Data;

/// <summary>
/// When which job looks for work. Rows say what is due and when; a job only looks now, so a missed look is
/// made up for by the next one and nothing has to be kept.
/// </summary>
public static class Timetable
{
    // A scheduler with a name has a clock of its own; the nameless one would put its clock in everybody's place.
    private const string OfThisNode = "timetable";
    private const string OfAllNodes = "shared timetable";
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs <typeparamref name="TJob"/> every <paramref name="interval"/> from the start of the server on, on every node:
    /// for jobs that claim the rows that they work on.
    /// </summary>
    public static IServiceCollection AddJobEvery<TJob>(this IServiceCollection services, Func<IServiceProvider, TimeSpan> interval)
        where TJob : class, IJob => Add<TJob>(services, OfThisNode, interval);

    /// <summary>
    /// Runs <typeparamref name="TJob"/> every <paramref name="interval"/>, on one of the nodes: for jobs that go over
    /// everything. When its node dies, another goes on.
    /// </summary>
    public static IServiceCollection AddJobOnOneNodeEvery<TJob>(this IServiceCollection services, Func<IServiceProvider, TimeSpan> interval)
        where TJob : class, IJob => Add<TJob>(services, OfAllNodes, interval);

    private static IServiceCollection Add<TJob>(IServiceCollection services, string scheduler, Func<IServiceProvider, TimeSpan> interval)
        where TJob : class, IJob
    {
        OneFor(services, scheduler).ScheduleJob<TJob>(
            (provider, trigger) => trigger.WithIdentity(typeof(TJob).Name).WithSimpleSchedule(schedule => schedule
                .WithInterval(interval(provider))
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)),
            (_, job) => job.WithIdentity(typeof(TJob).Name));
        return services;
    }

    /// <summary>A scheduler can be named once; every room adds its jobs to the same.</summary>
    private static IQuartzBuilder OneFor(IServiceCollection services, string scheduler)
    {
        var opened = services.Select(service => service.ImplementationInstance).OfType<Opened>().FirstOrDefault(one => one.Scheduler == scheduler);
        if (opened is not null)
            return opened.Builder;

        var shared = scheduler == OfAllNodes ? DatabaseOf(services) : null;
        services.AddQuartz(scheduler, quartz =>
        {
            // A clock that a test or the demo moves must not stop the looking.
            quartz.UseTimeProvider(TimeProvider.System);
            // A server that stops ends its jobs in between, and waits for what they cannot leave: a message that is on its way.
            quartz.ConfigureScheduler(options => options.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs);
            if (shared is { Provider: not DatabaseProvider.Sqlite })
                quartz.UsePersistentStore(store => Share(store, shared));
            services.AddSingleton(new Opened(scheduler, quartz));
        });
        services.AddQuartzHostedService(scheduler, host =>
        {
            host.AwaitApplicationStarted = true;
            host.WaitForJobsToComplete = true;
        });
        return OneFor(services, scheduler);
    }

    /// <summary>Without it every node would have a timetable of its own, and each would do what one should.</summary>
    private static DatabaseOptions DatabaseOf(IServiceCollection services) =>
        services.Select(service => service.ImplementationInstance).OfType<DatabaseOptions>().SingleOrDefault()
        ?? throw new InvalidOperationException("AddData comes before the jobs that nodes share");

    private static void Share(IPersistentStoreBuilder store, DatabaseOptions database)
    {
        if (database.Provider == DatabaseProvider.PostgreSql)
            store.UsePostgres(PostgreSqlConnections.Of(database.ConnectionString));
        else
            store.UseSqlServer(database.ConnectionString);
        store.UseSystemTextJsonSerializer();
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = CheckIn;
            cluster.CheckinMisfireThreshold = CheckIn;
        });
    }

    private sealed record Opened(string Scheduler, IQuartzBuilder Builder);
}
