using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Data;

public sealed class When_text_is_odd
{
    [Theory, OnEveryDatabase]
    public async Task Identifiers_that_differ_in_case_or_accent_are_different_patients(DatabaseProvider on)
    {
        await using var rooms = await Rooms.OpenOn(on);
        foreach (var id in new[] { "a1", "A1", "Á1" })
            await rooms.Send(new UpdatePatient("main", "US", new PatientFacts { Id = id }, MessageVersion.None));

        (await rooms.Read(db => db.Set<Patient>().OrderBy(patient => patient.ExternalId).Select(patient => patient.ExternalId).ToListAsync()))
            .ShouldBe(["A1", "a1", "Á1"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_long_name_is_kept_whole(DatabaseProvider on)
    {
        await using var rooms = await Rooms.OpenOn(on);
        var name = new string('N', 900);
        await rooms.Send(new UpdatePatient("main", "US", new PatientFacts { Id = "P1", Given = "Testa", Family = "Sample", Preferred = name }, MessageVersion.None));

        (await rooms.Read(db => db.Set<Patient>().SingleAsync())).Preferred.ShouldBe(name);
    }

    [Theory, OnEveryDatabase]
    public async Task A_text_with_a_zero_in_it_is_taken(DatabaseProvider on)
    {
        await using var rooms = await Rooms.OpenOn(on);
        await rooms.Send(new KeepInboundText("SM1", "+12125550101", "+12125550100", "Y\0es 👍"));

        (await rooms.Read(db => db.Set<InboundText>().SingleAsync())).Body.Replace("\0", "", StringComparison.Ordinal).ShouldBe("Yes 👍");
    }
}
