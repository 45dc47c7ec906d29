using Artera.Integration.Data;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Delivery.Twilio;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery;

public static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeliveryOptions>().Bind(configuration.GetSection("Delivery")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SandboxOptions>().Bind(configuration.GetSection("Sandbox")).ValidateOnStart();

        var twilio = configuration.GetSection("Twilio");
        var provided = TwilioOptions.Configured(twilio);
        if (provided)
            services.AddTwilio(twilio);
        if (configuration.GetSection("Sandbox").GetValue<bool?>(nameof(SandboxOptions.Enabled)) ?? !provided)
            services.AddSandbox();

        services.AddSingleton<MediumBook>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<MessageSender>();
        services.AddScoped<Settlement>();
        services.AddScoped<SendMessagesJob>();
        return services.AddJobEvery<SendMessagesJob>(provider => provider.GetRequiredService<IOptions<DeliveryOptions>>().Value.LookEvery);
    }

    public static WebApplication MapDelivery(this WebApplication app)
    {
        var media = app.Services.GetRequiredService<MediumBook>();
        if (media.For(Medium.Sms) is TwilioSms)
            app.MapTwilio();
        if (media.SandboxOn)
            app.MapSandbox();
        return app;
    }
}
