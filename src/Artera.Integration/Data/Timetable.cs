using Quartz;

namespace Artera.Integration.Data;

/// <summary>
/// When which job looks for work. Rows say what is due and when; a job only looks now, so a missed look is
/// made up for by the next one and nothing has to be kept.
/// </summary>
public static class Timetable
{
    // A scheduler with a name has a clock of its own; the nameless one would put its clock in everybody's place.
    private const string Scheduler = "timetable";

    /// <summary>Runs <typeparamref name="TJob"/> every <paramref name="interval"/> from the start of the server on.</summary>
    public static IServiceCollection AddJobEvery<TJob>(this IServiceCollection services, Func<IServiceProvider, TimeSpan> interval)
        where TJob : class, IJob
    {
        OneFor(services).ScheduleJob<TJob>(
            (provider, trigger) => trigger.WithIdentity(typeof(TJob).Name).WithSimpleSchedule(schedule => schedule
                .WithInterval(interval(provider))
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
        return services;
    }

    /// <summary>A scheduler can be named once; every room adds its jobs to the same.</summary>
    private static IQuartzBuilder OneFor(IServiceCollection services)
    {
        if (services.Select(service => service.ImplementationInstance).OfType<Opened>().FirstOrDefault() is { } opened)
            return opened.Builder;

        services.AddQuartz(Scheduler, quartz =>
        {
            // A clock that a test or the demo moves must not stop the looking.
            quartz.UseTimeProvider(TimeProvider.System);
            services.AddSingleton(new Opened(quartz));
        });
        services.AddQuartzHostedService(Scheduler, host =>
        {
            host.AwaitApplicationStarted = true;
            host.WaitForJobsToComplete = true;
        });
        return OneFor(services);
    }

    private sealed record Opened(IQuartzBuilder Builder);
}
