using System.Text.Json;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_client_asks(ClinicServer clinic) : WithAClinic(clinic), IClassFixture<ClinicServer>
{
    [Fact]
    public async Task A_patient_is_found_by_the_identifier_of_the_EMR()
    {
        var page = await Get("patients?externalId=MRN1001");
        page.Rows().Single().GetProperty("id").GetInt64().ShouldBe(Clinic.Ana.Id);
        (await Get("patients?externalId=nobody")).Rows().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_patient_comes_with_contact_points_and_consent()
    {
        var layla = await Get($"patients/{Clinic.Layla.Id}");
        var cell = layla.GetProperty("contactPoints").EnumerateArray().Single(point => point.Text("tag") == "Cell");
        cell.Text("address").ShouldBe("+12025550142");
        cell.GetProperty("optedOutOfLines").EnumerateArray().Select(line => line.GetInt64()).ShouldBe([Clinic.Line.Id]);
        layla.Text("born").ShouldBe("1980-02-29");
    }

    [Fact]
    public async Task An_appointment_tells_whether_the_answer_is_in_the_EMR()
    {
        var visits = (await Get($"appointments?patientId={Clinic.Ana.Id}")).Rows();
        visits.Select(visit => (visit.Text("patientStatus"), visit.Text("systemStatus"), visit.GetProperty("inTheEmr").Text("state")))
            .ShouldBe([("Confirmed", "Booked", "Yes"), ("Cancelled", "Booked", "Refused")]);
        (await Get("appointments?externalId=VISIT-3")).Rows().Single().GetProperty("inTheEmr").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_recall_and_a_referral_tell_what_they_wait_for()
    {
        var recall = (await Get($"recalls?patientId={Clinic.Ana.Id}&status=Active&dueFrom=2027-03-01&dueTo=2027-03-02")).Rows().Single();
        (recall.Text("dueOn"), recall.GetProperty("type").Text("text"), recall.GetProperty("open").GetBoolean()).ShouldBe(("2027-03-01", "Mammogram", true));
        (await Get("recalls?dueTo=2027-03-01")).Rows().ShouldBeEmpty();
        (await Get("recalls?status=Cancelled")).Rows().ShouldBeEmpty();

        var referral = (await Get("referrals?externalId=REFERRAL-1")).Rows().Single();
        (referral.Text("authorizationStatus"), referral.GetProperty("schedulingStatus").ValueKind, referral.Text("expiresOn"))
            .ShouldBe(("approved", JsonValueKind.Null, "2027-03-12"));
        (await Get($"referrals/{Clinic.AnasReferral.Id}")).GetProperty("provider").Text("text").ShouldBe("Sven Skin");
    }

    [Fact]
    public async Task A_conversation_is_told_in_order_with_its_delivery_states()
    {
        var lines = (await Get($"channels/{Clinic.AnasChannel.Id}/messages")).Rows();
        lines.Select(line => line.Text("kind")).ShouldBe(["Outbound", "Inbound", "Event", "Outbound", "Inbound"]);
        lines[0].Text("delivery").ShouldBe("Delivered");
        lines[1].GetProperty("delivery").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_latest_conversation_comes_first_and_pages_do_not_overlap()
    {
        var first = await Get("channels?limit=1");
        first.Rows().Single().GetProperty("id").GetInt64().ShouldBe(Clinic.AnasChannel.Id);
        first.Rows().Single().Text("lastLine").ShouldBe("Can I bring my daughter? Where do I park?");
        var second = await Get($"channels?limit=1&after={first.Text("next")}");
        second.Rows().Single().GetProperty("patientId").GetInt64().ShouldBe(Clinic.Layla.Id);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Every_decision_is_explained()
    {
        var decisions = (await Get($"decisions?appointmentId={Clinic.AnasVisit.Id}")).Rows();
        decisions.Select(row => (row.Text("trigger"), row.Text("state"), row.Text("inWords"))).ShouldBe(
        [
            ("Instant booking", "NotSent", "its time had passed"),
            ("Survey", "Planned", null),
            ("Confirmation, 1 day before", "Sent", null),
        ]);
    }

    [Theory]
    [InlineData("state=Held", "A2")]
    [InlineData("cause=unknown-code", "A2")]
    [InlineData("controlId=A3", "A3")]
    [InlineData("event=ORU%5ER01", "A4")]
    [InlineData("patientId=MRN1002", "A3 A2")]
    [InlineData("appointmentId=VISIT-1", "A1")]
    [InlineData("", "A5 A4 A3 A2 A1")]
    public async Task Feed_messages_are_found(string by, string controlIds)
    {
        var rows = (await Get($"feeds/main/messages?{by}")).Rows();
        string.Join(' ', rows.Select(row => row.Text("controlId"))).ShouldBe(controlIds);
    }

    [Fact]
    public async Task A_feed_message_shows_its_raw_text_and_the_acknowledgement()
    {
        var held = await Get($"feeds/main/messages/{Clinic.Held.Id}");
        held.Text("raw")!.ShouldContain("PID|1||MRN1002");
        held.Text("ack")!.ShouldContain("MSA|AA|A2");
        held.GetProperty("patientId").GetInt64().ShouldBe(Clinic.Layla.Id);
    }

    [Fact]
    public async Task The_rest_of_the_house_is_there()
    {
        (await Get("feeds")).Rows().Single().GetProperty("held").GetInt32().ShouldBe(1);
        (await Get("practices")).Rows().Single().Text("timeZone").ShouldBe("America/New_York");
        (await Get("lines")).Rows().Single().Text("number").ShouldBe("+12025550110");
        (await Get("triggers")).Rows().Count.ShouldBe(5);
        (await Get("messages?delivery=Undelivered")).Rows().Single().Text("failureCode").ShouldBe("30003");
        (await Get($"writebacks/{Clinic.Parked.Id}")).Text("acknowledgement")!.ShouldContain("MSA|AR|W2");
    }
}
