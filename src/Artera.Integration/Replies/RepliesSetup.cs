using Artera.Integration.Data;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Replies;

public static class RepliesSetup
{
    public static IServiceCollection AddReplies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RepliesOptions>().Bind(configuration.GetSection("Replies")).ValidateDataAnnotations().ValidateOnStart();

        var words = LanguageWords.BuiltIn();
        services.AddSingleton(provider => new ReplyReader(words, provider.GetRequiredService<IOptions<RepliesOptions>>().Value.CancelKeyword));
        services.AddSingleton(new ReplyTexts(words));
        services.AddScoped<TextSenders>();
        services.AddScoped<AutomaticReply>();
        services.AddScoped<Choosing>();
        services.AddScoped<Answering>();
        services.AddScoped<PlainMessages>();
        services.AddScoped<RuleFinder>();
        services.AddScoped<RuleReply>();
        services.AddScoped<ByRule>();
        services.AddScoped<ReadRepliesJob>();
        return services.AddJobEvery<ReadRepliesJob>(provider => provider.GetRequiredService<IOptions<RepliesOptions>>().Value.LookEvery);
    }
}
