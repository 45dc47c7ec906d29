using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Channels;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Delivery;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Journeys;

/// <summary>A rule made by the API, a text by Twilio's webhook, its answer at Twilio, the reason in the ledger.</summary>
public sealed class When_a_patient_writes_a_keyword
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_arrives_and_the_ledger_and_the_channel_tell_why()
    {
        await using var world = await TwilioWorld.Open(settings: new KeyValuePair<string, string?>("Replies:LookEvery", "00:00:00.1"));
        using var api = new HttpClient { BaseAddress = new Uri(world.Server.Http, "/api/v1/") };
        var ana = (await world.Server.Send(new UpdatePatient(
            "main", "US", new PatientFacts { Id = "A", Given = "ANA", Family = "Sample", Cell = MediumWorld.Patient, Language = "es" }, new MessageVersion(Instant.FromUnixTimeSeconds(1), "1")))).Patient;
        using var saved = await api.PutAsJsonAsync("triggers", new
        {
            name = "Parking",
            module = "InboundMessage",
            hears = new { contains = new[] { "aparcar", "parking" } },
            @do = new object[] { new { reply = new { en = "Lot C, {clientFirstNameProperCase}.", es = "Lote C, {clientFirstNameProperCase}." } }, new { close = true } },
        }, Stop);
        saved.IsSuccessStatusCode.ShouldBeTrue(await saved.Content.ReadAsStringAsync(Stop));

        await Text(world, "¿Dónde puedo APARCAR?");

        await world.Server.Until(_ => world.Arrived(), arrived => arrived.Contains("Lote C, Ana."));
        var channel = await world.Server.Read(db => db.Set<PatientChannel>().SingleAsync(row => row.PatientId == ana.Id));
        (channel.IsOpen, channel.NeedsAction).ShouldBe((false, false));
        var decision = (await Get(api, $"decisions?patientId={ana.Id}")).GetProperty("items")[0];
        decision.GetProperty("trigger").GetString().ShouldBe("Parking");
        decision.GetProperty("module").GetString().ShouldBe("InboundMessage");
        decision.GetProperty("state").GetString().ShouldBe("Sent");
        var rule = (await Get(api, "triggers")).GetProperty("items").EnumerateArray().Single(row => row.GetProperty("rule").GetProperty("name").GetString() == "Parking");
        rule.GetProperty("rule").GetProperty("do")[1].GetProperty("close").GetBoolean().ShouldBeTrue();
        (await Get(api, $"triggers/{rule.GetProperty("id").GetInt64()}/history")).GetProperty("items")[0].GetProperty("after").GetString()!.ShouldContain("contains:");
    }

    private static async Task Text(TwilioWorld world, string body)
    {
        using var answer = await world.Call("/webhooks/twilio/messages", new()
        {
            ["MessageSid"] = "SM0000000000000000000000000000a001",
            ["From"] = MediumWorld.Patient,
            ["To"] = MediumWorld.LineNumber,
            ["Body"] = body,
            ["NumMedia"] = "0",
        });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonElement> Get(HttpClient api, string path) => await api.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Stop);
}
