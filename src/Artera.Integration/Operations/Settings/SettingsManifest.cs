using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Email;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Delivery.Twilio;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Logs;
using Artera.Integration.Operations.Retention;
using Artera.Integration.Outreach;
using Artera.Integration.Replies;
using Artera.Integration.WriteBack;

namespace Artera.Integration.Operations.Settings;

/// <summary>Every section of the settings and the class that it fills. <c>appsettings.sample.json</c> is tested against it.</summary>
internal static class SettingsManifest
{
    public static readonly IReadOnlyList<SettingsSection> Sections =
    [
        new("Database", new DatabaseOptions()),
        new("Http", new HttpOptions()),
        new("Logs", new LogOptions()),
        new("Feeds", FeedsSetup.Unset),
        new("Inbound", new InboundOptions()),
        new("Outreach", new OutreachOptions()),
        new("Delivery", new DeliveryOptions()),
        new("Twilio", new TwilioOptions()),
        new("Email", new EmailOptions()),
        new("Links", new Delivery.Links.LinkOptions()),
        new("Sandbox", new SandboxOptions()),
        new("Channels", new ChannelsOptions()),
        new("Replies", new RepliesOptions()),
        new("WriteBack", new WriteBackOptions()),
        new("Retention", new RetentionOptions()),
    ];
}

/// <param name="Name">The section's name.</param>
/// <param name="Default">What holds when nothing is set.</param>
internal sealed record SettingsSection(string Name, object Default);
