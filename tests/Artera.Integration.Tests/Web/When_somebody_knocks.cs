using System.Net;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations.Keys;
using Artera.Integration.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Web;

public sealed class When_somebody_knocks(ClinicServer clinic) : WithAClinic(clinic), IClassFixture<ClinicServer>
{
    private static readonly string[] ScriptsOfTheDescription = ["/api/scalar.js", "/api/scalar.aspnetcore.js", "/api/favicon.svg"];

    public static TheoryData<string, string> SignsOfAStranger => new()
    {
        { "Host", "artera.example.org" },
        { "X-Forwarded-For", "192.0.2.7" },
        { "Forwarded", "for=192.0.2.7" },
        { "Via", "1.1 proxy" },
        { "Origin", "https://elsewhere.example.org" },
        { "Authorization", "Bearer artera_wrong" },
        { "Authorization", "Basic YTpi" },
    };

    [Theory]
    [MemberData(nameof(SignsOfAStranger))]
    public async Task A_stranger_needs_a_key(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("patients", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await Api.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_stranger_with_a_key_is_let_in()
    {
        using var client = Running.Client(await Running.NewKey("bridge", Role.Staff));
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        using var answer = await client.GetAsync(new Uri("patients", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AuditLog()).ShouldContain(entry => entry.Who == "key:bridge" && entry.PatientId == Clinic.Ana.Id);
    }

    [Fact]
    public async Task A_role_opens_no_more_than_it_should()
    {
        using var staff = Running.Client(await Running.NewKey("clerk", Role.Staff));
        using var manager = Running.Client(await Running.NewKey("supervisor", Role.Manager));
        (await staff.GetAsync(new Uri("feeds", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await manager.GetAsync(new Uri("feeds", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await manager.GetAsync(new Uri("patients", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing()
    {
        using var client = Running.Client(await Running.NewKey("former", Role.Staff));
        (await Server.Send(new RevokeApiKey("former", "test"))).ShouldBeTrue();
        (await client.GetAsync(new Uri("patients", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Pages_are_for_this_machine_even_with_a_key()
    {
        using var client = Running.Client(await Running.NewKey("director", Role.Enterprise));
        (await client.GetAsync(Server.Http)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, Server.Http);
        rebound.Headers.Host = "artera.example.org";
        (await Api.SendAsync(rebound)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("https://elsewhere.example.org", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task A_page_of_somebody_elses_cannot_open_a_circuit(string? origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Http, "/_blazor/negotiate?negotiateVersion=1"));
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        (await Api.SendAsync(request)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public void What_the_world_may_call_says_so_and_is_on_the_list()
    {
        var open = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!);
        open.ShouldAllBe(path => path.StartsWith("/webhooks/", StringComparison.Ordinal) || path.StartsWith("/health/", StringComparison.Ordinal) || path.StartsWith("/c/", StringComparison.Ordinal) || path.StartsWith("/u/", StringComparison.Ordinal)
            || path.StartsWith("/fhir/", StringComparison.Ordinal)
            || ScriptsOfTheDescription.Contains(path));
    }

    [Fact]
    public void Every_address_of_the_API_takes_keys()
    {
        var api = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal)).ToList();
        api.Count.ShouldBeGreaterThan(20);
        api.ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<TakesKeys>() != null && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() != null);
    }
}
