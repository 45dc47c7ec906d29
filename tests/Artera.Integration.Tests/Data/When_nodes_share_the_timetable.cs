using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Artera.Integration.Tests.Data;

public sealed class When_nodes_share_the_timetable
{
    [Fact]
    public async Task A_job_runs_on_one_at_a_time_and_on_the_other_when_that_one_stops()
    {
        using var looks = new Looks();
        await using var first = await Start(looks, "first");
        await using var second = await Start(looks, "second", [.. first.Database.Settings]);
        await looks.Await(10);
        looks.AtOnce.ShouldBe(1);

        await first.Stop();
        looks.OnlyBy("second");
        await looks.Await(5);
        await second.Stop();
        looks.AtOnce.ShouldBe(1);
    }

    private static Task<TestServer> Start(Looks looks, string name, params KeyValuePair<string, string?>[] settings) => TestServer.StartOn(
        DatabaseProvider.PostgreSql,
        services: services => services.AddSingleton(looks).AddSingleton(new Node(name)).AddJobOnOneNodeEvery<LookingJob>(_ => TimeSpan.FromMilliseconds(100)),
        settings: settings);

    private sealed record Node(string Name);

    private sealed class Looks : IDisposable
    {
        private readonly SemaphoreSlim seen = new(0);
        private readonly Lock door = new();
        private string? expected;
        private int now;

        public int AtOnce { get; private set; }

        public async Task Await(int looks)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            for (var i = 0; i < looks; i++)
                await seen.WaitAsync(patience.Token);
        }

        public void Dispose() => seen.Dispose();

        public void OnlyBy(string name)
        {
            lock (door)
                expected = name;
            while (seen.Wait(0))
            {
            }
        }

        public async Task Look(string name)
        {
            lock (door)
                AtOnce = Math.Max(AtOnce, ++now);

            await Task.Delay(30);
            lock (door)
            {
                now--;
                if (expected is null || expected == name)
                    seen.Release();
            }
        }
    }

    [DisallowConcurrentExecution]
    private sealed class LookingJob(Looks looks, Node node) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await looks.Look(node.Name);
    }
}
