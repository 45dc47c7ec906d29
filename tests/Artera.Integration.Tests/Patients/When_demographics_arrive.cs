using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using NodaTime;

namespace Artera.Integration.Tests.Patients;

public sealed class When_demographics_arrive : IAsyncLifetime
{
    private Rooms rooms = null!;

    public async ValueTask InitializeAsync() => rooms = await Rooms.Open();

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task What_is_absent_stays_and_what_is_null_goes()
    {
        await Update(1, facts => facts with { Given = "Test", Family = "ZTest", Cell = "(202) 555-0101", Email = "a@example.org" });
        var patient = await Update(2, facts => facts with { Given = "Tess", Email = Stated<string>.Erased });

        patient.Given.ShouldBe("Tess");
        patient.Family.ShouldBe("ZTest");
        patient.Address(ContactTag.Cell).ShouldBe("+12025550101");
        patient.Address(ContactTag.Email).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_tag_with_a_new_number_is_an_update()
    {
        await Update(1, facts => facts with { Cell = "202-555-0101" });
        var patient = await Update(2, facts => facts with { Cell = "202-555-0102" });

        patient.ContactPoints.ShouldHaveSingleItem().Address.ShouldBe("+12025550102");
    }

    [Theory]
    [InlineData("call my sister")]
    [InlineData("000")]
    public async Task A_number_nobody_can_dial_takes_the_former_one_away(string text)
    {
        await Update(1, facts => facts with { Cell = "202-555-0101" });
        (await Update(2, facts => facts with { Cell = text })).ContactPoints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_message_never_overwrites_a_newer_one()
    {
        await Update(2, facts => facts with { Given = "Newer" });
        var late = await Send(1, facts => facts with { Given = "Older" });

        late.Stale.ShouldBeTrue();
        late.Patient.Given.ShouldBe("Newer");
    }

    [Theory]
    [InlineData("9", "10")]
    [InlineData("A1", "A2")]
    public void Within_one_second_the_control_id_decides(string older, string newer)
    {
        var at = NodaConstants.UnixEpoch;
        new MessageVersion(at, older).IsOlderThan(new MessageVersion(at, newer)).ShouldBeTrue();
        new MessageVersion(at, newer).IsOlderThan(new MessageVersion(at, older)).ShouldBeFalse();
        new MessageVersion(at, newer).IsOlderThan(new MessageVersion(at, newer)).ShouldBeFalse();
    }

    private async Task<Patient> Update(int minute, Func<PatientFacts, PatientFacts> state) => (await Send(minute, state)).Patient;

    private Task<UpdatePatient.Result> Send(int minute, Func<PatientFacts, PatientFacts> state) => rooms.Send(new UpdatePatient(
        "main", "US", state(new PatientFacts { Id = "A" }), new MessageVersion(rooms.Clock.Now() + Duration.FromMinutes(minute), "1")));
}
