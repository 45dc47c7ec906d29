using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Mediator;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Channels;

public sealed class When_the_EMR_takes_or_refuses_an_answer : IAsyncLifetime
{
    private Clinic clinic = null!;
    private Patient patient = null!;
    private Appointment visit = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await Clinic.Open();
        patient = await clinic.Patient("A", "Ana", "+12125550101");
        visit = await clinic.Book(patient, "V1", Duration.FromDays(2));
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task A_taken_one_is_said_and_opens_nothing()
    {
        await Happen(new AnswerReachedEmr(visit, PatientStatus.Confirmed));

        var conversation = await clinic.Conversation(patient);
        (conversation.Lines[^1].Event, conversation.Lines[^1].Body).ShouldBe(
            (ChannelEvent.InTheEmr, "The EMR has the confirmation of Wed, Oct 28, 2026 at 10:00 AM"));
        conversation.Channel.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_one_is_put_before_a_person()
    {
        await Happen(new AnswerRefusedByEmr(visit, PatientStatus.Cancelled, "AR 204"));

        var conversation = await clinic.Conversation(patient);
        (conversation.Lines[^1].Event, conversation.Lines[^1].Body).ShouldBe(
            (ChannelEvent.NotInTheEmr, "The EMR does not have the cancellation of Wed, Oct 28, 2026 at 10:00 AM (AR 204): enter it by hand or settle it"));
        (conversation.Channel.IsOpen, conversation.Channel.NeedsAction).ShouldBe((true, true));
    }

    private async Task Happen<T>(T happened)
        where T : INotification
    {
        await using var scope = clinic.Rooms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPublisher>().Publish(happened, TestContext.Current.CancellationToken);
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
