using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_the_server_runs
{
    [Fact]
    public async Task The_job_sends_what_is_due()
    {
        await using var server = await TestServer.Start(
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Given.At("2026-11-02 12:00").ToDateTimeOffset()), null, new KeyValuePair<string, string?>("Outreach:LookEvery", "00:00:00.050"));
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "Maple Clinic", TimeZone = "America/New_York" };
        await server.Write(practice);
        await server.Write(new Line { PracticeId = practice.Id, Number = "+12025550190", Name = "Front desk" });
        await server.Write([.. StartingTriggers.Entries.Select(entry => entry.ToTrigger(system.Id, practiceId: null))]);
        var patient = (await server.Send(new UpdatePatient("main", "US", new PatientFacts { Id = "P1", Given = "ANA", Cell = "+12025550101" }, MessageVersion.None))).Patient;
        await server.Send(new RecordAppointment(
            "main", "main", patient.Id, practice.Id, AppointmentChange.Book,
            new AppointmentFacts { Id = "V1", Start = new VisitStart(Given.At("2026-11-24 15:00")) }, MessageVersion.None, null));

        var sent = await server.Until(db => db.Set<OutboundMessage>().AsNoTracking().ToListAsync(), messages => messages.Count > 0);
        sent.ShouldHaveSingleItem().Body.ShouldStartWith("Maple Clinic: Hi Ana, your appointment is booked for Tuesday, November 24 at 3:00 PM.");
    }

    [Theory]
    [InlineData("Outreach:LookEvery", "00:00:00")]
    [InlineData("Outreach:ClaimSize", "0")]
    [InlineData("Outreach:DayStart", "22:00")]
    [InlineData("Outreach:Evening", "21:00")]
    [InlineData("Outreach:EveningUntil", "08:30")]
    public async Task Settings_that_make_no_sense_stop_it_at_the_start(string key, string value) =>
        await Should.ThrowAsync<OptionsValidationException>(async () =>
        {
            await using var server = await TestServer.Start(null, null, new KeyValuePair<string, string?>(key, value));
        });
}
