using Artera.Integration.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Quartz;

namespace Artera.Integration.Tests.Data;

public sealed class When_jobs_are_on_the_timetable
{
    [Fact]
    public async Task Each_looks_again_and_again_though_the_clock_of_the_house_stands_still()
    {
        var seen = new Looks();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        builder.Services.AddSingleton(seen);
        builder.Services.AddJobEvery<FirstJob>(_ => TimeSpan.FromMilliseconds(20));
        builder.Services.AddJobEvery<SecondJob>(_ => TimeSpan.FromMilliseconds(20));
        using var host = builder.Build();
        host.Services.GetRequiredService<TimeProvider>().ShouldBeOfType<FakeTimeProvider>();

        host.Services.GetRequiredService<TimeProvider>().ShouldBeOfType<FakeTimeProvider>();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await seen.First.WaitAsync(TestContext.Current.CancellationToken);
        await seen.First.WaitAsync(TestContext.Current.CancellationToken);
        await seen.Second.WaitAsync(TestContext.Current.CancellationToken);
        await seen.Second.WaitAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Looks
    {
        public SemaphoreSlim First { get; } = new(0);

        public SemaphoreSlim Second { get; } = new(0);
    }

    [DisallowConcurrentExecution]
    private sealed class FirstJob(Looks looks) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            looks.First.Release();
            return ValueTask.CompletedTask;
        }
    }

    [DisallowConcurrentExecution]
    private sealed class SecondJob(Looks looks) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            looks.Second.Release();
            return ValueTask.CompletedTask;
        }
    }
}
