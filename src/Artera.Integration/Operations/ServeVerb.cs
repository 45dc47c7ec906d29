using System.CommandLine;
using Artera.Integration.Data;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Operations;

internal static class ServeVerb
{
    public static Command Create()
    {
        var verb = new Command("serve", "Run the server (the default).");
        verb.SetAction((_, cancellation) => Serve([], cancellation));
        return verb;
    }

    public static async Task<int> Serve(string[] args, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddIntegration();
        await using var app = builder.Build();
        app.MapIntegration();
        try
        {
            await app.Services.MigrateDatabase(cancellation);
            await app.RunAsync(cancellation);
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            return Verbs.Fail(string.Join(Environment.NewLine, wrong.Failures));
        }
        catch (StartRefusedException refused)
        {
            return Verbs.Fail(refused.Message);
        }
    }
}
