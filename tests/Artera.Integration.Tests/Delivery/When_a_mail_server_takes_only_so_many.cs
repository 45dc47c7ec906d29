using System.Globalization;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

/// <summary>E-mails have a rate as texts and calls have; the clock stands still between two looks.</summary>
public sealed class When_a_mail_server_takes_only_so_many : IAsyncDisposable
{
    private readonly SmtpSink smtp = new();
    private Rooms rooms = null!;

    public async ValueTask DisposeAsync()
    {
        await rooms.DisposeAsync();
        await smtp.DisposeAsync();
    }

    [Fact]
    public async Task E_mails_leave_at_their_rate_and_reminders_before_a_campaign()
    {
        await Open("2");
        for (var number = 1; number <= 6; number++)
            await Queue($"bulk {number}", Priority.Bulk);
        await Queue("reminder", Priority.Reminder);

        await Look();
        Sent.ShouldBe(["bulk 1", "bulk 2", "reminder"], ignoreOrder: true);
        await Look(after: 1);
        Sent.Count.ShouldBe(5);
        await Look(after: 1);
        Sent.Count.ShouldBe(7);
    }

    [Fact]
    public async Task Without_a_rate_all_leave()
    {
        await Open("0");
        for (var number = 1; number <= 6; number++)
            await Queue($"bulk {number}", Priority.Bulk);

        await Look();

        Sent.Count.ShouldBe(6);
    }

    private List<string> Sent => [.. smtp.Mails.Select(mail => mail.Read().TextBody!.Split('\n')[0].Trim())];

    private async Task Open(string perSecond)
    {
        rooms = await Rooms.OpenOn(TestDatabase.Usual, settings:
        [
            new("Email:Host", "127.0.0.1"),
            new("Email:Port", smtp.Port.ToString(CultureInfo.InvariantCulture)),
            new("Email:Tls", "None"),
            new("Email:From", "visits@example.org"),
            new("Links:PublicUrl", EmailWorld.PublicUrl),
            new("Delivery:Rates:EmailsPerSecond", perSecond),
        ]);
        await rooms.Write(new HealthSystem { Name = "Example Health" });
        await rooms.Write(new Practice { HealthSystemId = 1, Name = "Example Clinic", TimeZone = "America/Chicago" });
        await rooms.Write(new Line { PracticeId = 1, Number = MediumWorld.LineNumber, Name = "Front desk" });
    }

    private Task<OutboundMessage> Queue(string body, Priority priority) =>
        rooms.Send(MediumWorld.Text(body, priority) with { To = "patient1@example.org", Medium = Medium.Email, Subject = "Visit" });

    private async Task Look(int after = 0)
    {
        rooms.Clock.Advance(TimeSpan.FromSeconds(after));
        await using var scope = rooms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendMessagesJob>().Execute(null!, CancellationToken.None);
    }
}
