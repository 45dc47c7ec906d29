using System.CommandLine;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Mediator;

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
        return new Command("enterprise", "Set up the enterprise.") { import };
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
        await transaction.CommitAsync(cancellation);
        Console.WriteLine($"Applied {plan.Count} changes.");
        foreach (var module in new[] { TriggerModule.Appointment, TriggerModule.Recall, TriggerModule.Referral })
            await PlanAgain(app.Services, module, cancellation);
        return 0;
    }

    private static async Task PlanAgain(IServiceProvider services, TriggerModule module, CancellationToken cancellation)
    {
        for (long? from = 0; from is { } after;)
        {
            await using var scope = services.CreateAsyncScope();
            from = (await scope.ServiceProvider.GetRequiredService<ISender>().Send(new PlanOpen(module, After: after), cancellation)).Last;
        }
    }

    private static bool Agreed()
    {
        if (Console.IsInputRedirected)
            return false;
        Console.Write("Apply? [y/N] ");
        return string.Equals(Console.ReadLine()?.Trim(), "y", StringComparison.OrdinalIgnoreCase);
    }
}
