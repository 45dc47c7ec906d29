using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;
using Artera.Integration.Operations.Keys;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Operations;

public sealed class When_the_server_is_told_to_listen_to_the_world
{
    private static readonly KeyValuePair<string, string?> Everywhere = new("Http:Address", "0.0.0.0");

    [Fact]
    public async Task It_refuses_to_start_without_an_API_key()
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestServer.Start(settings: Everywhere));
        refused.Message.ShouldContain("apikey add");
    }

    [Fact]
    public async Task With_a_key_the_API_answers_its_holder_and_pages_nobody_else()
    {
        await using var inside = await TestServer.Start();
        var secret = await inside.Send(new AddApiKey("bridge", Role.Staff, "test"));
        await using var server = await TestServer.Start(
            settings: [Everywhere, .. inside.Database.Settings]);
        var outside = new UriBuilder(server.Http) { Host = OwnAddress().ToString() }.Uri;
        using var client = new HttpClient { BaseAddress = outside };

        (await client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync(new Uri("/api/v1/practices", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        (await client.GetAsync(new Uri("/api/v1/practices", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static IPAddress OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(own => own.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
        ?? IPAddress.Parse("127.0.0.1");
}
