namespace Artera.Integration.Tests.Orders;

/// <summary>Small synthetic messages of the patient 100231.</summary>
internal static class Said
{
    public static string Order(string controlId, string time, string control, string status = "", string type = "ORM^O01", string location = "GI") => $"""
        MSH|^~\&|ORD|GH|ARTERA|ARTERA|{time}||{type}|{controlId}|P|2.5.1
        PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F
        PV1|1|O|{location}^^^GH
        ORC|{control}|R8801^ORD|||{status}||^^^20270915
        OBR|1|R8801^ORD||RECALL-COLO^Colonoscopy recall
        """;

    public static string Visit(string controlId, string time, string trigger, string id, string type, string location = "GI", string start = "20261105103000", string sch24 = "", string patients = "") => $"""
        MSH|^~\&|SCHED|GH|ARTERA|ARTERA|{time}||SIU^{trigger}^SIU_S12|{controlId}|P|2.5.1
        SCH||{id}||||||{type}|30|MIN|^^30^{start}|||||||||||||{sch24}|
        {(patients.Length > 0 ? patients : "PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102")}
        RGS|1
        AIL|1||{location}
        """;

    public static string Referral(string controlId, string time, string trigger, string authorization = "P", string patient = "100231", string provider = "4200") => $"""
        MSH|^~\&|REF|GH|ARTERA|ARTERA|{time}||REF^{trigger}^REF_I12|{controlId}|P|2.5.1
        RF1|{authorization}|R|DERM^Dermatology|||RF4411^REF|20260912|20270312
        PRD|RT|SKIN^SVEN|9 Example Road^^Springfield^IL||||{provider}^^NPI
        PID|1||{patient}^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102
        """;
}
