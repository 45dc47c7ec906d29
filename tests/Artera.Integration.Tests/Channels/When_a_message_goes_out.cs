using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Channels;

public sealed class When_a_message_goes_out : IAsyncLifetime
{
    private const string Cell = "+12125550101";
    private Clinic clinic = null!;
    private Patient patient = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await Clinic.Open();
        patient = await clinic.Patient("A", "Ana", Cell);
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task It_is_in_a_closed_conversation_with_its_state()
    {
        var message = await Queue(clinic, patient);

        var conversation = await clinic.Conversation(patient);
        conversation.Channel.IsOpen.ShouldBeFalse();
        var line = conversation.Lines.ShouldHaveSingleItem();
        (line.Kind, line.Body, line.OutboundMessageId).ShouldBe((LineKind.Outbound, "Hello", (long?)message.Id));
        (line.State, line.Delivery, line.FailureCode).ShouldBe((OutboundState.Queued, DeliveryState.Queued, null));
    }

    [Fact]
    public async Task Its_failure_is_said_once()
    {
        var message = await Queue(clinic, patient);
        await Report(clinic, message.Id, DeliveryState.Undelivered, "30003");
        await Report(clinic, message.Id, DeliveryState.Failed, "30003");

        var conversation = await clinic.Conversation(patient);
        conversation.Lines.Select(line => (line.Event, line.FailureCode)).ShouldBe([(null, "30003"), (ChannelEvent.NotDelivered, "30003")]);
        conversation.Lines[1].Body.ShouldBe("Not delivered (30003)");
        conversation.Channel.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Its_failure_opens_the_channel_when_the_setting_says_so()
    {
        await using var other = await Clinic.Open(settings: new KeyValuePair<string, string?>("Channels:ReopenOnSmsFailure", "true"));
        var somebody = await other.Patient("A", "Ana", Cell);
        await Report(other, (await Queue(other, somebody)).Id, DeliveryState.Undelivered, "30003");

        (await other.Conversation(somebody)).Channel.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Its_delivery_adds_no_line()
    {
        await Report(clinic, (await Queue(clinic, patient)).Id, DeliveryState.Delivered, null);

        (await clinic.Conversation(patient)).Lines.ShouldHaveSingleItem().Delivery.ShouldBe(DeliveryState.Delivered);
    }

    private static Task<OutboundMessage> Queue(Clinic clinic, Patient patient) => clinic.Rooms.Send(
        new QueueMessage(Medium.Sms, clinic.Line.Id, clinic.Line.Number, Cell, "Hello", Priority.Reminder, patient.Id));

    private static Task Report(Clinic clinic, long id, DeliveryState state, string? code) => clinic.Rooms.Read(async db =>
    {
        var message = await db.Set<OutboundMessage>().SingleAsync(row => row.Id == id);
        (message.Delivery, message.FailureCode) = (state, code);
        await db.SaveChangesAsync();
        await using var scope = clinic.Rooms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPublisher>().Publish(new DeliveryReported(message));
        return await scope.ServiceProvider.GetRequiredService<IntegrationDb>().SaveChangesAsync();
    });
}
