using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Channels;

public abstract class When_patients_with_conversations_are_merged(DatabaseProvider on) : IAsyncLifetime
{
    public sealed class On_SQLite() : When_patients_with_conversations_are_merged(DatabaseProvider.Sqlite);

    public sealed class On_PostgreSQL() : When_patients_with_conversations_are_merged(DatabaseProvider.PostgreSql);

    private Clinic clinic = null!;
    private Patient losing = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await Clinic.OpenOn(on);
        losing = await clinic.Patient("A", "Ana", "+12125550101");
        await clinic.Patient("B", "Ana", "+12125550102");
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task The_survivor_has_both_histories_of_a_line_in_order()
    {
        var survivor = await Known("B");
        await Hear(losing, "first");
        await Hear(survivor, "second");
        await Hear(losing, "third");
        await Close(survivor);
        await Merge();

        var conversation = await clinic.Conversation(survivor);
        conversation.Lines.Where(line => line.Kind == LineKind.Inbound).Select(line => line.Body).ShouldBe(["first", "second", "third"]);
        conversation.Lines[^1].Event.ShouldBe(ChannelEvent.Merged);
        conversation.Channel.IsOpen.ShouldBeTrue();
        conversation.Channel.NeedsAction.ShouldBeTrue();
        (await clinic.Rooms.Read(db => db.Set<PatientChannel>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_conversation_that_only_the_losing_one_had_changes_hands()
    {
        await Hear(losing, "first");
        await Merge();

        (await clinic.Conversation(await Known("B"))).Lines[0].Body.ShouldBe("first");
    }

    [Fact]
    public async Task It_is_safe_to_hear_of_it_twice()
    {
        await Hear(losing, "first");
        await Merge();
        await Merge();

        (await clinic.Conversation(await Known("B"))).Lines.Count.ShouldBe(2);
    }

    private async Task Hear(Patient patient, string words)
    {
        clinic.Pass(Duration.FromMinutes(1));
        var text = await clinic.Receive(patient.Address(ContactTag.Cell)!, words);
        await clinic.Rooms.Send(new RecordInbound(text, clinic.Line.Id, patient.Id, Attention.NeedsAction));
    }

    private async Task Close(Patient patient) =>
        await clinic.Rooms.Send(new CloseChannel((await clinic.Conversation(patient)).Channel.Id, "desk@example.org"));

    private Task<Patient> Known(string id) => clinic.Rooms.Read(db => db.Set<Patient>().Include(row => row.ContactPoints).SingleAsync(row => row.ExternalId == id));

    private Task Merge() => clinic.Rooms.Send(new MergePatients("main", "US", new PatientFacts { Id = "B" }, "A", new MessageVersion(clinic.Now, "50")));
}
