using System.Net;
using Artera.Integration.Feeds;
using Artera.Integration.Operations;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_the_server_starts
{
    [Fact]
    public async Task It_answers_HTTP_beside_its_feeds()
    {
        await using var server = await TestServer.Start();
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri(server.Http, "/no-such-page"), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_fault_of_the_feeds_settings_is_said_at_once()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => TestServer.Start(settings:
        [
            new("Feeds:0:TimeZone", "America/Nowhere"),
            new("Feeds:0:Mllp:AllowFrom:0", "10.0.0.0/99"),
            new("Feeds:0:Mllp:Charset", "EBCDIC-7"),
            new("Feeds:0:Mllp:Tls:Certificate", "no-such.pem"),
            new("Feeds:1:Name", "MAIN"),
            new("Feeds:1:Mllp:MaxMessageBytes", "12"),
            new("Feeds:1:Mapping", "mappings/no-such"),
        ]));
        refused.Failures.ShouldBe(
        [
            "Feeds:0 (main): TimeZone America/Nowhere is not an IANA time zone, such as America/New_York",
            "Feeds:0 (main): Mllp:Tls:Certificate no-such.pem cannot be read as PFX or PEM with its key: FileNotFoundException",
            "Feeds:0 (main): Mllp:AllowFrom 10.0.0.0/99 is neither an address nor a CIDR range such as 10.20.0.0/16",
            "Feeds:0 (main): Mllp:Charset EBCDIC-7 is not known, write it as in HL7 table 0211, such as 8859/1",
            "Feeds:1 (MAIN): Mllp:MaxMessageBytes must be at least 1024",
            "Feeds:1 (MAIN): Mapping mappings/no-such:1:1: there is no such file",
            "Feeds: the name main is used twice",
        ]);
    }

    [Fact]
    public async Task A_fault_in_a_mapping_is_told_by_file_line_and_column()
    {
        using var folder = new TempFolder();
        var file = folder.Write("hl7.yaml", "emr: Test\nevents: { SIU^S12: bok }\n");
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => TestServer.Start(settings: [new("Feeds:0:Mapping", file)]));
        refused.Failures.First().ShouldContain($"{file}:2:");
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    public void Addresses_are_allowed_singly_and_by_range(string address, bool allowed) =>
        AllowedAddresses.Parse(["10.1.0.0/16", "192.0.2.7"], out _).Allows(IPAddress.Parse(address)).ShouldBe(allowed);
}
