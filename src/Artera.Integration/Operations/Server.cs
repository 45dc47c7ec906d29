using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Logs;
using Artera.Integration.Operations.Retention;
using Artera.Integration.Outreach;
using Artera.Integration.Replies;
using Artera.Integration.Web;
using Artera.Integration.WriteBack;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Artera.Integration.Operations;

/// <summary>The server's contents page: which rooms there are and what they map.</summary>
public static class Server
{
    public static WebApplicationBuilder AddIntegration(this WebApplicationBuilder builder)
    {
        builder.AddLogs();
        builder.AddHttp();
        builder.Services.AddData(builder.Configuration);
        builder.AddInbound();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddMediator(options =>
        {
            options.ServiceLifetime = ServiceLifetime.Scoped;
            options.PipelineBehaviors = [typeof(OneTransaction<,>)];
        });
        builder.Services.AddFeeds(builder.Configuration);
        builder.Services.AddEnterprise();
        builder.Services.AddDelivery(builder.Configuration);
        builder.Services.AddOutreach(builder.Configuration);
        builder.Services.AddChannels(builder.Configuration);
        builder.Services.AddReplies(builder.Configuration);
        builder.Services.AddWriteBack();
        builder.Services.AddOperations();
        builder.AddRetention();
        builder.AddWeb();
        return builder;
    }

    public static WebApplication MapIntegration(this WebApplication app) => app.MapInbound().MapDelivery().MapOperations().MapWeb();
}
