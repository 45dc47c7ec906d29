using System.CommandLine;

namespace Artera.Integration.Operations;

internal static class ServeVerb
{
    // Watching appsettings.json means watching its whole folder, and every write to a database in there wakes the watcher.
    private const string ReadSettingsOnce = "--hostBuilder:reloadConfigOnChange=false";

    public static Command Create()
    {
        var verb = new Command("serve", "Run the server (the default).");
        verb.SetAction((_, cancellation) => Serve([], cancellation));
        return verb;
    }

    public static async Task<int> Serve(string[] args, CancellationToken cancellation)
    {
        try
        {
            args = [.. args, ReadSettingsOnce];
            var builder = WebApplication.CreateBuilder(args);
            builder.AddIntegration();
            await using var app = builder.Build();
            app.MapIntegration();
            await app.PrepareDatabase(args, cancellation);
            await app.RunAsync(cancellation);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception trouble) when (StartTrouble.InWords(trouble) is { } words)
        {
            return Verbs.Fail(words);
        }
    }
}
