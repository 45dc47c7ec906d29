using Artera.Integration.Data;
using Artera.Integration.Delivery.Email;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Delivery.Pacing;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Delivery.Twilio;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery;

public static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeliveryOptions>().Bind(configuration.GetSection("Delivery")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsRules>();
        services.AddOptions<SandboxOptions>().Bind(configuration.GetSection("Sandbox")).ValidateOnStart();

        var twilio = configuration.GetSection("Twilio");
        var email = configuration.GetSection("Email");
        if (TwilioOptions.Configured(twilio))
            services.AddTwilio(twilio);
        if (EmailOptions.Configured(email))
            services.AddEmail(email);
        var provided = TwilioOptions.Configured(twilio) || EmailOptions.Configured(email);
        if (configuration.GetSection("Sandbox").GetValue<bool?>(nameof(SandboxOptions.Enabled)) ?? !provided)
            services.AddSandbox();

        services.AddLinks(configuration);
        services.AddSingleton<MediumBook>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<MessageSender>();
        services.AddScoped<Settlement>();
        services.AddScoped<CallingAgain>();
        services.AddScoped<Budgets>();
        services.AddScoped<PacedClaims>();
        services.AddScoped<SendMessagesJob>();
        return services.AddJobEvery<SendMessagesJob>(provider => provider.GetRequiredService<IOptions<DeliveryOptions>>().Value.LookEvery);
    }

    public static WebApplication MapDelivery(this WebApplication app)
    {
        var media = app.Services.GetRequiredService<MediumBook>();
        if (media.For(Medium.Sms) is TwilioSms)
            app.MapTwilio();
        if (media.For(Medium.Email) is SmtpEmail)
            app.MapEmail();
        if (media.SandboxOn)
            app.MapSandbox();
        return app;
    }
}
