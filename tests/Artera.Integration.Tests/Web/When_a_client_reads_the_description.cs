using System.Net.Http.Json;
using System.Text.Json;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_client_reads_the_description(ClinicServer clinic) : WithAClinic(clinic), IClassFixture<ClinicServer>
{
    [Fact]
    public async Task Every_address_of_the_API_is_there_with_a_summary()
    {
        var paths = (await Document()).GetProperty("paths").EnumerateObject().ToList();
        paths.Select(path => path.Name).ShouldBe(
        [
            "/api/v1/patients", "/api/v1/patients/{id}", "/api/v1/appointments", "/api/v1/appointments/{id}", "/api/v1/appointments/{id}/answer",
            "/api/v1/recalls", "/api/v1/recalls/{id}", "/api/v1/referrals", "/api/v1/referrals/{id}",
            "/api/v1/channels", "/api/v1/channels/{id}", "/api/v1/channels/{id}/messages", "/api/v1/channels/{id}/close",
            "/api/v1/messages", "/api/v1/messages/{id}", "/api/v1/decisions", "/api/v1/practices", "/api/v1/lines", "/api/v1/triggers",
            "/api/v1/practices/{practiceId}/triggers", "/api/v1/practices/{practiceId}/triggers/{id}", "/api/v1/triggers/{id}/history", "/api/v1/replannings",
            "/api/v1/campaigns", "/api/v1/campaigns/{id}", "/api/v1/campaigns/{id}/patients", "/api/v1/campaigns/{id}/preview",
            "/api/v1/campaigns/{id}/start", "/api/v1/campaigns/{id}/pause", "/api/v1/campaigns/{id}/resume", "/api/v1/campaigns/{id}/stop",
            "/api/v1/feeds/{name}/recalls", "/api/v1/feeds/{name}/referrals", "/api/v1/feeds/{name}/extracts",
            "/api/v1/feeds", "/api/v1/feeds/messages", "/api/v1/feeds/{name}/messages", "/api/v1/feeds/{name}/messages/{id}",
            "/api/v1/feeds/{name}/held", "/api/v1/feeds/{name}/held/{key}/again", "/api/v1/feeds/{name}/held/{key}/ignore",
            "/api/v1/feeds/{name}/held/{key}/meaning", "/api/v1/feeds/{name}/held/{key}/practice",
            "/api/v1/feeds/{name}/messages/{id}/again", "/api/v1/feeds/{name}/messages/{id}/ignore",
            "/api/v1/writebacks", "/api/v1/writebacks/{id}", "/api/v1/writebacks/{id}/retry", "/api/v1/writebacks/{id}/drop",
            "/api/v1/order-statuses", "/api/v1/order-statuses/{id}", "/api/v1/order-statuses/{id}/retry", "/api/v1/order-statuses/{id}/drop",
            "/api/v1/trace/messages/{id}", "/api/v1/trace/appointments/{id}", "/api/v1/trace/recalls/{id}", "/api/v1/trace/referrals/{id}", "/api/v1/trace/texts/{id}", "/api/v1/trace/answers/{id}",
        ], ignoreOrder: true);
        var operations = paths.SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToList();
        operations.ShouldAllBe(operation => operation.GetProperty("summary").GetString()!.Length > 10);
        operations.ShouldAllBe(operation => operation.GetProperty("responses").GetProperty("401").GetProperty("content").GetRawText().Contains("application/problem+json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Times_dates_words_and_pages_have_their_types()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("LocalDate").ShouldSatisfyAllConditions(date => date.Text("type").ShouldBe("string"), date => date.Text("format").ShouldBe("date"));
        schemas.GetProperty("Instant").ShouldSatisfyAllConditions(time => time.Text("type").ShouldBe("string"), time => time.Text("format").ShouldBe("date-time"));
        schemas.GetProperty("PatientStatus").GetRawText().ShouldContain("RescheduleRequested");
        var parameters = (await Document()).GetProperty("paths").GetProperty("/api/v1/patients").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Select(parameter => (parameter.Text("name"), parameter.GetProperty("schema").GetRawText().Contains("string", StringComparison.Ordinal)));
        parameters.ShouldContain(("after", true));
    }

    private async Task<JsonElement> Document() => await Api.GetFromJsonAsync<JsonElement>(new Uri(Server.Http, "/openapi/v1.json"));
}
