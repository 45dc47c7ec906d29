using System.Net.Http.Json;
using System.Text.Json;

namespace Artera.Integration.Tests.Web;

public sealed class When_something_is_wrong_with_a_request(ClinicServer clinic) : WithAClinic(clinic), IClassFixture<ClinicServer>
{
    [Theory]
    [InlineData("patients/999", 404)]
    [InlineData("nothing-here", 404)]
    [InlineData("patients?limit=many", 400)]
    [InlineData("patients?after=%2E%2E", 400)]
    [InlineData("messages?state=Lost", 400)]
    [InlineData("decisions", 400)]
    [InlineData("channels/999/messages", 404)]
    [InlineData("feeds/main/messages/999", 404)]
    public async Task It_is_told_as_problem_details(string path, int status)
    {
        using var answer = await Api.GetAsync(new Uri(path, UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32().ShouldBe(status);
    }

    [Theory]
    [InlineData("""{ "status": "Unconfirmed" }""", 400)]
    [InlineData("""{ "status": "Maybe" }""", 400)]
    [InlineData("{", 400)]
    public async Task A_body_that_makes_no_sense_changes_nothing(string body, int status)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Api.PostAsync(new Uri($"appointments/{Clinic.AnasVisit.Id}/answer", UriKind.Relative), content);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await AuditLog()).ShouldBeEmpty();
    }
}
