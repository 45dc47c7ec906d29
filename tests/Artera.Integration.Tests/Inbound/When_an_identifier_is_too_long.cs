using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Operations;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Inbound;

/// <summary>Longer than a column that is looked up: the same in every database, and no message behind it waits.</summary>
public sealed class When_an_identifier_is_too_long
{
    private static readonly string Long = new('9', 201);

    [Theory, OnEveryDatabase]
    public async Task The_message_waits_for_a_person_who_sees_which_field_it_is(DatabaseProvider on)
    {
        await using var server = await TestServer.StartOn(on);
        await SetUp(server);
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        string[] messages =
        [
            Samples.Siu("C1", appointment: Long),
            Samples.Siu("C2", patient: Long),
            Samples.Siu("C3").Replace("ZTest^Ada", $"{Long}^Ada", StringComparison.Ordinal),
            Samples.Siu("C4").Replace("CLINIC1^", $"{Long}^", StringComparison.Ordinal),
            Samples.Siu("C5"),
        ];
        foreach (var message in messages)
            Samples.Code(await emr.Ask(message)).ShouldBe("AA");

        var rows = await server.Until(
            db => db.Set<InboxMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(),
            found => found.TrueForAll(row => row.State != InboxState.Received));
        rows.ConvertAll(row => (row.State, row.Cause, row.CausePath)).ShouldBe(
        [
            (InboxState.Held, "too-long", "appointment.id"),
            (InboxState.Held, "too-long", "patient.id"),
            (InboxState.Held, "too-long", "patient.family"),
            (InboxState.Held, "too-long", "appointment.location"),
            (InboxState.Applied, null, null),
        ]);
        (await server.Read(db => db.Set<Appointment>().SingleAsync())).ExternalId.ShouldBe("A1");
    }

    [Theory, OnEveryDatabase]
    public async Task One_that_just_fits_is_kept_whole(DatabaseProvider on)
    {
        await using var server = await TestServer.StartOn(on);
        await SetUp(server);
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        Samples.Code(await emr.Ask(Samples.Siu("C1", appointment: Long[1..], patient: Long[1..]))).ShouldBe("AA");

        var row = await server.Until(db => db.Set<InboxMessage>().AsNoTracking().SingleAsync(), found => found.State != InboxState.Received);
        (row.State, row.Cause, row.CausePath).ShouldBe((InboxState.Applied, null, null));
        (await server.Read(db => db.Set<Appointment>().SingleAsync())).ExternalId.Length.ShouldBe(200);
    }

    private static Task<IReadOnlyList<string>> SetUp(TestServer server) => server.Read(async db =>
    {
        using var text = new StringReader("""
            name: Test Health
            practices:
              - name: Test Practice
                time-zone: America/Chicago
                lines: [{ number: "+12175550190", name: Desk }]
                resources: [{ id: CLINIC1, name: Clinic }]
            """);
        return await SetUpEnterprise.Run(db, EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None);
    });
}
