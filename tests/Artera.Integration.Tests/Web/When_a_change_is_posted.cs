using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_change_is_posted() : WithAClinic(new ClinicServer()), IAsyncLifetime
{
    public ValueTask InitializeAsync() => Running.InitializeAsync();

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task Staff_answer_on_the_patients_behalf()
    {
        using var answer = await Post($"appointments/{Clinic.AnasVisit.Id}/answer", new { status = "Cancelled" });
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("patientStatus").ShouldBe("Cancelled");
        (await Server.Read(db => db.Set<Appointment>().SingleAsync(row => row.Id == Clinic.AnasVisit.Id))).PatientStatus.ShouldBe(PatientStatus.Cancelled);
        (await AuditLog()).Single().ShouldSatisfyAllConditions(
            entry => entry.What.ShouldBe("answered"),
            entry => entry.Who.ShouldBe("loopback"),
            entry => entry.PatientId.ShouldBe(Clinic.Ana.Id));
    }

    [Fact]
    public async Task A_conversation_is_closed()
    {
        using var answer = await Post($"channels/{Clinic.AnasChannel.Id}/close", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Server.Read(db => db.Set<PatientChannel>().SingleAsync(row => row.Id == Clinic.AnasChannel.Id))).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Only_a_parked_write_back_is_sent_again()
    {
        using var first = await Post($"writebacks/{Clinic.Parked.Id}/retry", null);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var second = await Post($"writebacks/{Clinic.Told.Id}/retry", null);
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_changes_nothing_more()
    {
        using var first = await Post($"writebacks/{Clinic.Parked.Id}/retry", null, "key-1");
        await Server.Read(db => db.Set<PendingWriteBack>().Where(row => row.Id == Clinic.Parked.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, WriteBackState.Parked)));
        using var again = await Post($"writebacks/{Clinic.Parked.Id}/retry", null, "key-1");

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (await Server.Read(db => db.Set<PendingWriteBack>().SingleAsync(row => row.Id == Clinic.Parked.Id))).State.ShouldBe(WriteBackState.Parked);
        (await AuditLog()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused()
    {
        using var first = await Post($"appointments/{Clinic.AnasVisit.Id}/answer", new { status = "Cancelled" }, "key-1");
        using var other = await Post($"appointments/{Clinic.AnasVisit.Id}/answer", new { status = "Confirmed" }, "key-1");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_changes_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Post($"writebacks/{Clinic.Parked.Id}/retry", null, "key-1")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        answers.Count(answer => answer.Headers.Contains("Idempotent-Replayed")).ShouldBe(7);
        (await AuditLog()).Count.ShouldBe(1);
        foreach (var answer in answers)
            answer.Dispose();
    }

    private async Task<HttpResponseMessage> Post(string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await Api.SendAsync(request);
    }
}
