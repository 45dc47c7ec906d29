using System.Reflection;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_patient_is_read(ClinicServer clinic) : WithAClinic(clinic), IClassFixture<ClinicServer>
{
    [Fact]
    public async Task Each_way_to_read_of_a_patient_is_written_down()
    {
        string[] ways =
        [
            $"patients/{Clinic.Ana.Id}", "patients?externalId=MRN1001", $"appointments/{Clinic.AnasVisit.Id}", $"appointments?patientId={Clinic.Ana.Id}",
            $"channels/{Clinic.AnasChannel.Id}", $"channels/{Clinic.AnasChannel.Id}/messages", $"messages?patientId={Clinic.Ana.Id}",
            $"decisions?patientId={Clinic.Ana.Id}", $"recalls?patientId={Clinic.Ana.Id}", $"recalls/{Clinic.AnasRecall.Id}",
            $"referrals?patientId={Clinic.Ana.Id}", $"referrals/{Clinic.AnasReferral.Id}", $"writebacks/{Clinic.Parked.Id}",
        ];
        foreach (var way in ways)
        {
            var before = (await AuditLog()).Count;
            await Get(way);
            (await AuditLog()).Skip(before).Select(entry => (entry.What, entry.PatientId, entry.Who))
                .ShouldBe([("read", (long?)Clinic.Ana.Id, "loopback")], way);
        }
    }

    [Fact]
    public async Task The_raw_text_of_a_message_counts_as_its_patient()
    {
        await Get($"feeds/main/messages/{Clinic.Held.Id}");
        (await AuditLog())[^1].ShouldSatisfyAllConditions(
            entry => entry.PatientId.ShouldBe(Clinic.Layla.Id),
            entry => entry.Subject.ShouldBe($"feed message:{Clinic.Held.Id}"));
    }

    [Fact]
    public async Task An_entry_cannot_be_changed()
    {
        await Get($"patients/{Clinic.Ana.Id}");
        await Should.ThrowAsync<InvalidOperationException>(() => Server.Read(async db =>
        {
            var entry = await db.Set<AuditEntry>().FirstAsync();
            db.Entry(entry).Property(row => row.Who).CurrentValue = "somebody else";
            return await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public void What_carries_a_patient_says_so()
    {
        var carriers = typeof(IAboutPatient).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(IAboutPatient).Namespace && type.GetProperty("PatientId", BindingFlags.Instance | BindingFlags.Public) is not null)
            .Where(type => !type.Name.EndsWith("Filter", StringComparison.Ordinal) && !type.IsInterface);
        carriers.ShouldAllBe(type => type.IsAssignableTo(typeof(IAboutPatient)));
    }
}
