namespace Artera.Integration.Channels;

public static class ChannelsSetup
{
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Channels");
        services.AddOptions<ChannelsOptions>()
            .Configure(options =>
            {
                // The binder adds to a list, and what is set is meant instead of the default.
                if (section.GetSection(nameof(ChannelsOptions.StatusesThatReopen)).Exists())
                    options.StatusesThatReopen.Clear();
            })
            .Bind(section)
            .Validate(
                options => options.AreStatuses(),
                "Channels:StatusesThatReopen takes Confirmed, Cancelled and RescheduleRequested only")
            .ValidateOnStart();
        return services.AddScoped<ChannelBook>();
    }
}
