using Artera.Integration.Data;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Operations.Retention;

internal static class RetentionSetup
{
    private const int LeastMessages = 7;
    private const int LeastAudit = 365;

    public static WebApplicationBuilder AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RetentionOptions>().Bind(builder.Configuration.GetSection("Retention"))
            .Validate(IsLongEnough, "Retention: days must be 1 or more, or null to keep for ever")
            .Validate(kept => kept.MessagesDays is null or >= LeastMessages, $"Retention:MessagesDays must be {LeastMessages} or more: an EMR sends again what it is not sure of")
            .Validate(kept => kept.AuditDays is null or >= LeastAudit, $"Retention:AuditDays must be {LeastAudit} or more")
            .Validate(kept => kept.BatchSize is > 0 and <= 10_000, "Retention:BatchSize must be between 1 and 10000")
            .Validate(kept => kept.LookEvery >= TimeSpan.FromSeconds(1) && kept.Pause >= TimeSpan.Zero, "Retention:LookEvery must be a second or more, Retention:Pause not negative")
            .Validate<IOptions<Inbound.InboundOptions>>(
                (kept, inbound) => kept.MessagesDays is not { } days || inbound.Value.ResendWindow <= TimeSpan.FromDays(days),
                "Retention:MessagesDays must be longer than Inbound:ResendWindow")
            .ValidateOnStart();
        builder.Services
            .AddSingleton<RetentionMeter>()
            .AddSingleton<OldMessages>()
            .AddSingleton<Sweeps>()
            .AddJobOnOneNodeEvery<RetentionJob>(provider => provider.GetRequiredService<IOptions<RetentionOptions>>().Value.LookEvery);
        return builder;
    }

    private static bool IsLongEnough(RetentionOptions kept) => Array.TrueForAll(
        [kept.MessageBodiesDays, kept.MessagesDays, kept.UndecidedMessagesDays, kept.TextsDays, kept.DecisionsDays, kept.CampaignListsDays, kept.WriteBacksDays, kept.ConversationsDays, kept.AuditDays],
        days => days is null or > 0);
}
