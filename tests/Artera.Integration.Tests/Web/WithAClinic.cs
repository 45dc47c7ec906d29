using System.Text.Json;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Web;

/// <summary>Tests that ask a server with a clinic in it.</summary>
public abstract class WithAClinic(ClinicServer clinic)
{
    protected ClinicServer Running => clinic;

    protected TestServer Server => clinic.Server;

    protected Clinic Clinic => clinic.Clinic;

    protected HttpClient Api => clinic.Api;

    protected Task<JsonElement> Get(string path) => clinic.Get(path);

    protected Task<List<AuditEntry>> AuditLog() => clinic.AuditLog();
}
