using System.CommandLine;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations;

internal static class EnterpriseVerb
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The enterprise as YAML." };
        var yes = new Option<bool>("--yes") { Description = "Apply the plan without asking." };
        var import = new Command("import", "Add and change practices, lines, resources, event types, holidays and triggers; shows the plan first.")
        {
            file,
            yes,
        };
        import.SetAction((parsed, cancellation) => Import(parsed.GetRequiredValue(file), parsed.GetValue(yes), cancellation));
        var name = new Option<string>("--name") { Description = "Which enterprise, where there are several." };
        var export = new Command("export", "Print everything that is set up as YAML; importing it makes the same again.") { name };
        export.SetAction((parsed, cancellation) => WithoutServing.Run(services => Export(services, parsed.GetValue(name), cancellation), cancellation));
        var schema = new Command("schema", "Print the file's JSON schema, for editors: completion and errors while you type.");
        schema.SetAction(_ => Print(EnterpriseSchema.Text));
        return new Command("enterprise", "Set up the enterprise.") { import, export, schema };
    }

    private static async Task<int> Export(IServiceProvider services, string? name, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<IntegrationDb>();
        var systems = await db.Set<HealthSystem>().Where(row => name == null || row.Name == name).ToListAsync(cancellation);
        return systems switch
        {
            [var system] => Print(await ExportEnterprise.Run(db, system, cancellation)),
            [] => Verbs.Fail(name is null ? "there is no enterprise yet" : $"there is no enterprise {name}"),
            _ => Verbs.Fail($"there are several enterprises; --name takes one of {string.Join(", ", systems.Select(system => system.Name))}"),
        };
    }

    private static int Print(string text)
    {
        Console.Out.Write(text);
        return 0;
    }

    private static async Task<int> Import(FileInfo file, bool yes, CancellationToken cancellation)
    {
        if (!file.Exists)
            return Verbs.Fail($"{file}: no such file");
        using var text = file.OpenText();
        try
        {
            return await Apply(EnterpriseFile.Read(text, file.Name), yes, cancellation);
        }
        catch (InvalidDataException problem)
        {
            return Verbs.Fail(problem.Message);
        }
    }

    private static async Task<int> Apply(EnterpriseFile read, bool yes, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddIntegration();
        await using var app = builder.Build();
        await app.Services.PrepareSchema(cancellation);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var plan = await SetUpEnterprise.Run(db, read, cancellation);
        var released = await UnmappedMessages.Release(db, app.Services.GetRequiredService<FeedBook>(), cancellation);

        foreach (var line in plan)
            Console.WriteLine(line);
        if (released > 0)
            Console.WriteLine($"> {released} messages kept for locations that have a practice now are applied");
        if (plan.Count + released == 0)
        {
            Console.WriteLine("Nothing to change.");
            return 0;
        }

        if (!yes && !Agreed())
            return Verbs.Fail("not applied; --yes applies the plan");
        foreach (var module in new[] { TriggerModule.Appointment, TriggerModule.Recall, TriggerModule.Referral })
            await db.AskForReplanning(module, practice: null, app.Services.GetRequiredService<TimeProvider>().Now(), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        Console.WriteLine($"Applied {plan.Count} changes. What they touch is planned again by the server.");
        return 0;
    }

    private static bool Agreed()
    {
        if (Console.IsInputRedirected)
            return false;
        Console.Write("Apply? [y/N] ");
        return string.Equals(Console.ReadLine()?.Trim(), "y", StringComparison.OrdinalIgnoreCase);
    }
}
