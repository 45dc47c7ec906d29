using Artera.Integration.Feeds;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_the_way_back_is_set_up_wrongly
{
    [Fact]
    public async Task Every_fault_is_said_before_the_server_starts()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => TestServer.Start(settings:
        [
            new("Feeds:0:WriteBack:Mllp:Host", " "),
            new("Feeds:0:WriteBack:Mllp:AckTimeout", "00:00:00"),
            new("Feeds:0:WriteBack:Mllp:ClientCertificate", "no-such-file.pfx"),
        ]));

        refused.Failures.ShouldBe(
        [
            "Feeds:0 (main): WriteBack:Mllp:Host is empty",
            "Feeds:0 (main): WriteBack:Mllp:Port 0 is not a port",
            "Feeds:0 (main): WriteBack:Mllp:AckTimeout must be more than zero",
            "Feeds:0 (main): WriteBack:Mllp names certificates, but Tls is false",
            "Feeds:0 (main): WriteBack:Mllp:ClientCertificate no-such-file.pfx is not there",
        ]);
    }

    [Theory]
    [InlineData("WriteBack:LookEvery", "00:00:00", "WriteBack:LookEvery must be more than zero")]
    [InlineData("WriteBack:Attempts", "0", "WriteBack:Attempts must be at least 1")]
    [InlineData("WriteBack:Lease", "00:00:01", "WriteBack:Lease must be at least 3 seconds")]
    public async Task An_option_that_cannot_work_is_refused(string key, string value, string failure)
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => TestServer.Start(settings:
        [
            new("Feeds:0:WriteBack:Mllp:Port", "6661"),
            new(key, value),
        ]));

        refused.OptionsType.ShouldBe(typeof(WriteBackOptions));
        refused.Failures.ShouldBe([failure]);
    }
}
