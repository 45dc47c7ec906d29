using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Appointments;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Retention;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Tests.Web;

/// <summary>Half a year after a message was settled, over the real socket.</summary>
public sealed class When_what_happened_is_no_longer_kept : IAsyncLifetime
{
    private static readonly string Booking = Said.Visit("1", "20260910090000", "S12", "V1", "COLO60");

    private Hospital hospital = null!;
    private InboxMessage message = null!;

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open(settings: [new("Retention:Pause", "00:00:00"), new("Retention:TextsDays", "100")]);
        message = await hospital.Says(Booking);
        message.State.ShouldBe(InboxState.Applied);
        hospital.Clock.Advance(TimeSpan.FromDays(200));
        await ActivatorUtilities.CreateInstance<RetentionJob>(hospital.Server.Services).Execute(null!, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task A_resend_is_still_known_and_gets_the_same_acknowledgement()
    {
        var kept = (await hospital.All<InboxMessage>()).ShouldHaveSingleItem();
        kept.Raw.ShouldBeEmpty();

        await using var emr = await MllpPeer.Connect(hospital.Server.MllpPort);
        var again = await emr.Ask(Booking.ReplaceLineEndings("\r"));
        again.ShouldBe(System.Text.Encoding.UTF8.GetString(message.Ack!));
        (await hospital.All<InboxMessage>()).ShouldHaveSingleItem().Resends.ShouldBe(1);
    }

    [Fact]
    public async Task It_cannot_be_applied_again()
    {
        await hospital.Server.Services.GetRequiredService<HeldMessages>().Decide("main", message.Id, MessageChoice.ApplyAgain, "test", CancellationToken.None);
        (await hospital.All<InboxMessage>()).ShouldHaveSingleItem().State.ShouldBe(InboxState.Applied);
    }

    [Fact]
    public async Task Its_trace_says_so_and_leads_on_to_the_visit()
    {
        using var api = new HttpClient { BaseAddress = new Uri(hospital.Server.Http, "/api/v1/trace/") };
        var trace = await api.GetFromJsonAsync<JsonElement>(new Uri($"messages/{message.Id}", UriKind.Relative));
        trace.GetProperty("message").Text("raw").ShouldBe("");
        trace.GetProperty("reading").ValueKind.ShouldBe(JsonValueKind.Null);
        var steps = trace.GetProperty("visits").EnumerateArray().Single().GetProperty("steps").EnumerateArray().ToList();
        steps.Where(step => step.Text("stage") == "Removed").ShouldHaveSingleItem().Text("title").ShouldBe("Texts from before are not kept");
        steps.ShouldContain(step => step.Text("stage") == "Received");
        (await hospital.Read(db => db.Set<Appointment>().CountAsync())).ShouldBe(1);
    }

    [Theory]
    [InlineData("Retention:MessagesDays", "3")]
    [InlineData("Retention:AuditDays", "30")]
    [InlineData("Retention:TextsDays", "0")]
    [InlineData("Retention:BatchSize", "0")]
    [InlineData("Retention:LookEvery", "00:00:00")]
    [InlineData("Inbound:ResendWindow", "800.00:00:00")]
    public async Task What_would_lose_too_much_is_refused(string key, string value) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => TestServer.Start(settings: new KeyValuePair<string, string?>(key, value)))).Failures.ShouldHaveSingleItem().ShouldStartWith("Retention");
}
