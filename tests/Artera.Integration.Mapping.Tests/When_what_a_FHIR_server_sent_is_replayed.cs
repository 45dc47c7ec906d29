using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Tests.Hl7;

namespace Artera.Integration.Mapping.Tests;

public class When_what_a_FHIR_server_sent_is_replayed
{
    [Fact]
    public void Notifications_are_what_they_are()
    {
        foreach (var (name, notification) in Captured())
        {
            notification.Kind.ShouldBe(name.Contains("handshake", StringComparison.Ordinal) ? FhirNotificationKind.Handshake : name.Contains("heartbeat", StringComparison.Ordinal) ? FhirNotificationKind.Heartbeat : FhirNotificationKind.Event, name);
            notification.EventsSinceStart.ShouldNotBeNull(name);
            if (notification.Kind != FhirNotificationKind.Event)
                (notification.Resources.Count + notification.Addresses.Count).ShouldBe(0, name);
            else if (name.Contains("-full-", StringComparison.Ordinal))
                FhirMessage.TryRead(notification.Resources.ShouldHaveSingleItem(), out _)!.Reference.ShouldBe("Appointment/a1");
            else if (name.Contains("-id-", StringComparison.Ordinal))
                notification.Addresses.ShouldHaveSingleItem().ShouldEndWith("/Appointment/a1");
            else
                notification.IsEmpty.ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Logical_identifiers_and_a_status_of_a_later_version_are_read()
    {
        var read = Files("athenahealth").Where(file => file.EndsWith("notification.json", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileName(file)!, Read);

        read["appointment-notification.json"].Addresses.ShouldBe(["Appointment?identifier=urn%3Aathenahealth%3Aathenanet%3Aappointment%3A195900%7C2"]);
        read["patient-notification.json"].Addresses.ShouldBe(["Patient/a-195900.E-1"]);
        read["order-notification.json"].Addresses.ShouldBeEmpty();
        read.Values.ShouldAllBe(notification => notification.Id.Length > 0);
    }

    [Fact]
    public void The_standards_own_examples_are_mapped_without_an_exception()
    {
        var generic = MappingsFolder.Mapper("generic", MessageForm.Fhir);

        foreach (var file in Files("r4-examples"))
        {
            var message = FhirMessage.TryRead(File.ReadAllBytes(file), out var problem);
            problem.ShouldBeNull(file);
            generic.Explain(message!, Mapped.Context).Result.Outcome.ShouldBe(generic.Map(message!, Mapped.Context).Outcome, file);
        }
    }

    private static IEnumerable<(string Name, FhirNotification Notification)> Captured() => Files("candle-captured")
        .Select(file => (Name: Path.GetFileName(file), File: file))
        .Where(entry => entry.Name.StartsWith("notification-", StringComparison.Ordinal) && !entry.Name.EndsWith(".headers.json", StringComparison.Ordinal))
        .Select(entry => (entry.Name, Read(entry.File)));

    private static IEnumerable<string> Files(string folder) => Corpus.Files(Path.Combine("fhir", folder)).Where(file => file.EndsWith(".json", StringComparison.Ordinal));

    private static FhirNotification Read(string file) => FhirNotification.Read(File.ReadAllBytes(file));
}
