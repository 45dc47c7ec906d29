using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations;

/// <summary>An enterprise and its triggers as one file. Lines and triggers keep their order, which means something; all else is in the order of its keys.</summary>
internal static class ExportEnterprise
{
    private const string Head = "# yaml-language-server: $schema=enterprise.schema.json\n";

    public static async Task<string> Run(IntegrationDb db, HealthSystem system, CancellationToken cancellation)
    {
        var triggers = await db.Set<Trigger>().AsNoTracking()
            .Where(row => row.HealthSystemId == system.Id && row.Module != TriggerModule.Campaign).OrderBy(row => row.Id).ToListAsync(cancellation);
        var choices = await db.Set<PracticeChoice>().AsNoTracking().OrderBy(row => row.TriggerId).ToListAsync(cancellation);
        var file = await EnterpriseExport.Of(db, system, practice => (
            TriggerYaml.Part(triggers.FindAll(trigger => trigger.PracticeId == practice.Id)),
            TriggerYaml.Part(choices.Where(choice => choice.PracticeId == practice.Id)
                .ToDictionary(choice => triggers.Find(trigger => trigger.Id == choice.TriggerId)!.Name, ChoiceEntry.Of, StringComparer.Ordinal))), cancellation);
        (file.StartingTriggers, file.Triggers) = (false, TriggerYaml.Part(triggers.FindAll(trigger => trigger.PracticeId is null)));
        return Head + file.Write();
    }
}
