using Artera.Integration.Operations.Logs;
using Mediator;

namespace Artera.Integration.Operations;

/// <summary>What most verbs do: the server's services and database, but nothing listens and no job runs.</summary>
internal static class WithoutServing
{
    public static Task<int> Run(Func<ISender, Task<int>> work, CancellationToken cancellation) =>
        Run(services => work(services.GetRequiredService<ISender>()), cancellation);

    public static async Task<int> Run(Func<IServiceProvider, Task<int>> work, CancellationToken cancellation, bool prepareSchema = true)
    {
        try
        {
            var builder = WebApplication.CreateBuilder();
            builder.Configuration.AddInMemoryCollection(LogOptions.Quiet);
            builder.AddIntegration();
            await using var app = builder.Build();
            if (prepareSchema)
                await app.Services.PrepareSchema(cancellation);
            await using var scope = app.Services.CreateAsyncScope();
            return await work(scope.ServiceProvider);
        }
        catch (Exception trouble) when (StartTrouble.InWords(trouble) is { } words)
        {
            return Verbs.Fail(words);
        }
    }
}
