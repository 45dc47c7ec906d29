using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_message_has_groups
{
    private const string Header = @"MSH|^~\&|A|B|C|D|||SIU^S12|1|P|2.5";

    [Fact]
    public void A_message_of_one_patient_is_one_group_whatever_its_order()
    {
        var message = Read("PID|1||7", "SCH|1|F1", "PV1|1|O|CLINIC", "AIP|1||D1", "AIL|1||L1");
        var patient = Hl7Groups.Patients(message).ShouldHaveSingleItem();
        patient.Text("SCH-2").ShouldBe("F1");
        patient.Text("PV1-3").ShouldBe("CLINIC");
        Hl7Groups.ResourceGroups(message).ShouldHaveSingleItem().Text("AIL-3").ShouldBe("L1");
    }

    [Fact]
    public void Each_patient_of_a_group_visit_has_its_own_segments_and_shares_the_rest()
    {
        var message = Read("SCH|1|F1", "PID|1||7", "PV1|1|O|ONE", "PID|2||8", "OBX|1|ST|LANG||en", "PID|3||9", "PV1|1|O|THREE", "RGS|1|A", "AIL|1||L1");
        var patients = Hl7Groups.Patients(message);
        patients.Select(patient => patient.Text("PID-3")).ShouldBe(["7", "8", "9"]);
        patients.Select(patient => patient.Text("PV1-3")).ShouldBe(["ONE", "", "THREE"]);
        patients.Select(patient => patient.Text("OBX-5")).ShouldBe(["", "en", ""]);
        patients.Select(patient => patient.Text("SCH-2")).ShouldBe(["F1", "F1", "F1"]);
        patients.Select(patient => patient.Text("AIL-3")).ShouldBe(["L1", "L1", "L1"]);
    }

    [Fact]
    public void What_is_shared_may_stand_between_patients() =>
        Hl7Groups.Patients(Read("PID|1||7", "SCH|1|F1", "PID|2||8")).Select(patient => patient.Text("SCH-2")).ShouldBe(["F1", "F1"]);

    [Fact]
    public void A_move_has_a_deleted_and_an_added_group()
    {
        var message = Read("SCH|1|F1", "PID|1||7", "PV1|1|O|WARD", "RGS|1|D", "AIS|1|D|X|20260301", "AIL|1|D|OLD", "RGS|2|A", "AIS|1|A|X|20260302", "AIP|1|A|NEWDOC");
        var groups = Hl7Groups.ResourceGroups(message);
        groups.Select(group => group.Text("RGS-2")).ShouldBe(["D", "A"]);
        groups.Select(group => group.Text("AIS-4")).ShouldBe(["20260301", "20260302"]);
        groups.Select(group => group.Text("AIL-3")).ShouldBe(["OLD", ""]);
        groups.Select(group => group.Text("AIP-3")).ShouldBe(["", "NEWDOC"]);
        groups.Select(group => group.Text("PV1-3")).ShouldBe(["WARD", "WARD"]);
    }

    [Fact]
    public void A_patient_and_a_resource_group_can_be_seen_together()
    {
        var message = Read("SCH|1|F1", "PID|1||7", "PV1|1|O|ONE", "PID|2||8", "RGS|1|D", "AIL|1|D|OLD", "RGS|2|A", "AIL|1|A|NEW");
        var (patients, groups) = (Hl7Groups.Patients(message), Hl7Groups.ResourceGroups(message));
        var visit = patients[1].With(groups[1]);
        visit.Text("PID-3").ShouldBe("8");
        visit.Text("AIL-3").ShouldBe("NEW");
        visit.Text("PV1-3").ShouldBeEmpty();
        visit.Text("SCH-2").ShouldBe("F1");
    }

    [Fact]
    public void The_only_patient_sees_only_the_group_it_is_seen_with()
    {
        var message = Read("SCH|1|F1", "PID|1||7", "RGS|1|D", "AIL|1|D|OLD", "RGS|2|A", "AIL|1|A|NEW");
        Hl7Groups.Patients(message)[0].With(Hl7Groups.ResourceGroups(message)[1]).Text("AIL-3").ShouldBe("NEW");
    }

    [Fact]
    public void Every_pair_of_a_merge_is_found()
    {
        var merges = Hl7Groups.Merges(Read("EVN|A40", "PID|1||7", "MRG|70", "PV1|1|O|X", "PID|2||8", "PD1|x", "MRG|80"));
        merges.Select(merge => $"{merge.Text("MRG-1")}>{merge.Text("PID-3")}").ShouldBe(["70>7", "80>8"]);
        merges.Select(merge => merge.Text("PV1-3")).ShouldBe(["X", ""]);
        merges.Select(merge => merge.Text("EVN-1")).ShouldBe(["A40", "A40"]);
    }

    [Fact]
    public void One_survivor_may_take_several()
    {
        var merges = Hl7Groups.Merges(Read("EVN|A45", "PID|1||7", "MRG|70", "PV1|1|O|X", "MRG|71", "PV1|1|O|Y", "MRG|72"));
        merges.Select(merge => $"{merge.Text("MRG-1")}>{merge.Text("PID-3")}@{merge.Text("PV1-3")}").ShouldBe(["70>7@X", "71>7@Y", "72>7@"]);
    }

    [Theory]
    [InlineData("MRG|70", "PID|1||7", "MRG|80", "PID|2||8", "70>7 80>8")]
    [InlineData("MRG|70", "PID|1||7", "PV1|1", "ZZZ", "70>7")]
    [InlineData("PID|1||7", "PV1|1", "ZZZ", "MRG|70", "70>7")]
    [InlineData("PID|1||7", "PID|2||8", "PV1|1", "ZZZ", "")]
    public void Pairs_may_come_in_another_order_or_not_at_all(string a, string b, string c, string d, string expected) =>
        string.Join(' ', Hl7Groups.Merges(Read(a, b, c, d)).Select(merge => $"{merge.Text("MRG-1")}>{merge.Text("PID-3")}")).ShouldBe(expected);

    [Fact]
    public void Each_order_is_a_group()
    {
        var orders = Hl7Groups.Orders(Read("PID|1||7", "PV1|1|O|C", "ORC|NW|1", "TQ1|1||||||20270301", "OBR|1|||EYE", "ORC|CA|2", "OBR|1|||EAR", "NTE|1||later"));
        orders.Select(order => $"{order.Text("ORC-1")} {order.Text("OBR-4")} {order.Text("TQ1-7")} {order.Text("PID-3")} {order.Text("PV1-3")}")
            .ShouldBe(["NW EYE 20270301 7 C", "CA EAR  7 C"]);
    }

    [Fact]
    public void An_order_may_lack_its_control_segment() =>
        Hl7Groups.Orders(Read("PID|1||7", "OBR|1|||EYE", "OBR|2|||EAR")).Select(order => order.Text("OBR-4")).ShouldBe(["EYE", "EAR"]);

    [Fact]
    public void Each_provider_of_a_referral_is_a_group()
    {
        var providers = Hl7Groups.Providers(Read("RF1|A", "PRD|RP|One", "CTD|x", "PRD|RT|Two", "PID|1||7"));
        providers.Select(provider => $"{provider.Text("PRD-2")} {provider.Text("CTD-1")} {provider.Text("PID-3")} {provider.Text("RF1-1")}").ShouldBe(["One x 7 A", "Two  7 A"]);
    }

    [Fact]
    public void Notes_belong_to_the_segment_before_them()
    {
        var message = Read("SCH|1|F1", "NTE|1||of the visit", "NTE|2||also", "PID|1||7", "AIL|1", "NTE|1||of the place");
        List<string> notes = [];
        foreach (var note in message.Segments[1].Notes.All(Hl7Path.Parse("NTE-3"))) notes.Add(note.Text);
        notes.ShouldBe(["of the visit", "also"]);
        message.Segments[4].Notes.IsEmpty.ShouldBeTrue();
        message.Segments[4].Notes.Text("NTE-3").ShouldBeEmpty();
        message.Segments[5].Notes.Text("NTE-3").ShouldBe("of the place");
    }

    private static Hl7Message Read(params string[] segments) => Sample.Read(Sample.Lines([Header, .. segments]));
}
