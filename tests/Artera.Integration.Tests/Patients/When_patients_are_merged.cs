using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Patients;

public abstract class When_patients_are_merged(DatabaseProvider on) : IAsyncLifetime
{
    public sealed class On_SQLite() : When_patients_are_merged(DatabaseProvider.Sqlite);

    public sealed class On_PostgreSQL() : When_patients_are_merged(DatabaseProvider.PostgreSql);

    private Rooms rooms = null!;
    private int minute;

    public async ValueTask InitializeAsync() => rooms = await Rooms.OpenOn(on);

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task Both_identifiers_stand_for_the_survivor_and_the_losing_patient_is_gone()
    {
        await Update("A");
        await Update("B");
        await Merge(survivor: "A", losing: "B");

        (await Update("B")).ExternalId.ShouldBe("A");
        (await rooms.Read(db => db.Set<Patient>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_safe_to_receive_twice()
    {
        await Update("A");
        await Update("B");
        await Merge("A", "B");
        await Merge("A", "B");

        (await Identifiers()).ShouldBe(["A", "B"]);
    }

    [Fact]
    public async Task It_is_safe_before_either_patient_is_known()
    {
        await Merge("A", "B");

        (await Update("B")).ExternalId.ShouldBe("A");
        (await rooms.Read(db => db.Set<Patient>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_chain_of_merges_ends_at_the_last_survivor()
    {
        await Update("A");
        await Merge("B", "A");
        await Merge("C", "B");

        (await Update("A")).ExternalId.ShouldBe("C");
    }

    [Fact]
    public async Task A_reverse_merge_names_the_new_survivor()
    {
        await Merge("A", "B");
        await Merge("B", "A");

        (await Update("A")).ExternalId.ShouldBe("B");
        (await Identifiers()).ShouldBe(["A", "B"]);
    }

    [Fact]
    public async Task The_survivor_takes_over_the_appointments_and_the_stricter_consent()
    {
        await Update("A");
        var losing = await Update("B", facts => facts with { DoNotContact = true, Cell = "202-555-0101" });
        await rooms.Write(new Appointment
        {
            Emr = "main",
            ExternalId = "V1",
            Feed = "main",
            PatientId = losing.Id,
            BookedAt = rooms.Clock.Now(),
        });
        var survivor = await Merge("A", "B");

        survivor.DoNotContact.ShouldBeTrue();
        survivor.Address(ContactTag.Cell).ShouldBe("+12025550101");
        (await rooms.Read(db => db.Set<Appointment>().SingleAsync())).PatientId.ShouldBe(survivor.Id);
    }

    private Task<List<string>> Identifiers() =>
        rooms.Read(db => db.Set<PatientIdentifier>().OrderBy(row => row.ExternalId).Select(row => row.ExternalId).ToListAsync());

    private async Task<Patient> Update(string id, Func<PatientFacts, PatientFacts>? more = null)
    {
        var facts = new PatientFacts { Id = id, Family = "ZTest" };
        return (await rooms.Send(new UpdatePatient("main", "US", more?.Invoke(facts) ?? facts, Version()))).Patient;
    }

    private Task<Patient> Merge(string survivor, string losing) =>
        rooms.Send(new MergePatients("main", "US", new PatientFacts { Id = survivor }, losing, Version()));

    private MessageVersion Version() => new(rooms.Clock.Now() + Duration.FromMinutes(minute++), "1");
}
