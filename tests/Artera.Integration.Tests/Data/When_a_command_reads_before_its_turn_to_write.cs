using Artera.Integration.Data;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Data;

/// <summary>What others have written meanwhile matters when it was read. Two patients; the command has read the first.</summary>
public sealed class When_a_command_reads_before_its_turn_to_write : IAsyncLifetime
{
    private Rooms rooms = null!;
    private WriteGate gate = null!;
    private long[] patients = [];

    public async ValueTask InitializeAsync()
    {
        rooms = await Rooms.OpenOn(DatabaseProvider.Sqlite);
        gate = rooms.Services.GetRequiredService<WriteGate>();
        var (one, other) = (New("P1"), New("P2"));
        await rooms.Write(one, other);
        patients = [one.Id, other.Id];
    }

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task It_is_not_disturbed_when_nobody_wrote() => (await IsDoneOver(() => Task.CompletedTask)).ShouldBeFalse();

    [Fact]
    public async Task It_is_not_disturbed_by_what_was_written_of_somebody_else() => (await IsDoneOver(() => Change(patients[1]))).ShouldBeFalse();

    [Fact]
    public async Task It_is_done_over_when_what_it_has_read_was_changed() => (await IsDoneOver(() => Change(patients[0]))).ShouldBeTrue();

    [Fact]
    public async Task It_is_done_over_when_nobody_knows_which_rows_were_changed() =>
        (await IsDoneOver(() => Turn(async (db, turn) =>
        {
            await db.Set<Patient>().Where(patient => patient.Id == patients[1]).ExecuteUpdateAsync(set => set.SetProperty(patient => patient.Deceased, true));
            turn.Wrote(db.Footprint);
        }))).ShouldBeTrue();

    [Fact]
    public async Task It_is_done_over_when_somebody_did_not_say() => (await IsDoneOver(async () => (await gate.Enter(default)).Dispose())).ShouldBeTrue();

    [Fact]
    public async Task It_is_done_over_when_its_number_was_given_to_somebody_else() => (await IsDoneOver(
        () => Turn(async (db, turn) =>
        {
            db.Add(New("P3"));
            await db.SaveChangesAsync();
            turn.Wrote(db.Footprint);
        }),
        db => db.Add(New("P4")))).ShouldBeTrue();

    [Fact]
    public async Task It_is_not_disturbed_by_claims() => (await IsDoneOver(() => Turn((_, turn) =>
    {
        turn.WroteNothingOfOthers();
        return Task.CompletedTask;
    }))).ShouldBeFalse();

    [Fact]
    public async Task It_is_done_over_when_more_was_written_than_is_remembered() => (await IsDoneOver(async () =>
    {
        for (var more = 0; more < 64; more++)
            await Change(patients[1]);
    })).ShouldBeTrue();

    private Task Change(long id) => Turn(async (db, turn) =>
    {
        var patient = await db.Set<Patient>().SingleAsync(patient => patient.Id == id);
        patient.Deceased = !patient.Deceased;
        await db.SaveChangesAsync();
        turn.Wrote(db.Footprint);
    });

    private Task Turn(Func<IntegrationDb, WriteGate.Turn, Task> writes) => rooms.Read(async db =>
    {
        using var turn = await gate.Enter(default);
        await writes(db, turn);
        return 0;
    });

    private Task<bool> IsDoneOver(Func<Task> meanwhile, Action<IntegrationDb>? more = null) => rooms.Read(async db =>
    {
        var before = gate.TurnsInLine;
        await db.Set<Patient>().SingleAsync(patient => patient.Id == patients[0]);
        more?.Invoke(db);
        await meanwhile();
        using var turn = await gate.Enter(default);
        return turn.ComesAfterChangesOf(db.Footprint, before);
    });

    private static Patient New(string id) => new() { Emr = "main", ExternalId = id };
}
