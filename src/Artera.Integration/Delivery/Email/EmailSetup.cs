using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Email;

internal static class EmailSetup
{
    public static IServiceCollection AddEmail(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<EmailOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsRules>();
        return services.AddSingleton<IMedium, SmtpEmail>();
    }
}
