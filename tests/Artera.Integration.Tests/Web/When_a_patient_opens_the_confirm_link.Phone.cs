using System.Net;
using System.Text.RegularExpressions;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Web;

/// <summary>What the patient's phone does, and what is booked meanwhile.</summary>
public sealed partial class When_a_patient_opens_the_confirm_link
{
    private async Task<long> Book(string id, Duration ahead)
    {
        var now = clock.Now();
        var visit = new Appointment
        {
            Emr = "main",
            ExternalId = id,
            Feed = "main",
            PatientId = patientId,
            PracticeId = 1,
            BookedAt = now,
            StartsAt = now + ahead,
            TypeText = "ONCOLOGY",
        };
        await server.Write(visit);
        return visit.Id;
    }

    private async Task<string> Link(params long[] visits)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var signer = await scope.ServiceProvider.GetRequiredService<SignedLinks>().Signer(TestContext.Current.CancellationToken);
        var rows = await server.Read(db => db.Set<Appointment>().Where(visit => visits.Contains(visit.Id)).OrderBy(visit => visit.StartsAt).ToListAsync());
        var url = ConfirmLink.For(signer, rows.Select(row => new Visit(row)))!;
        url.ShouldStartWith("https://v.example.org/c/");
        return url["https://v.example.org".Length..];
    }

    private Task<Appointment> Visit() => server.Read(db => db.Set<Appointment>().AsNoTracking().SingleAsync(row => row.Id == visitId));

    private Task Change(Action<Appointment> change) => server.Read(async db =>
    {
        using var turn = await server.Services.GetRequiredService<WriteGate>().Enter(CancellationToken.None);
        change(await db.Set<Appointment>().SingleAsync(row => row.Id == visitId));
        return await db.SaveChangesAsync();
    });

    private async Task<string> Look(string path) => await Html(await phone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>Opens the page and presses one of its buttons.</summary>
    private async Task<HttpResponseMessage> Tap(string path, string button)
    {
        var page = await Look(path);
        page.ShouldContain($"value=\"{button}\"");
        return await Post(path, button, Shown().Match(page).Groups["shown"].Value);
    }

    private async Task<HttpResponseMessage> Post(string path, string button, string shown)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["answer"] = button, ["shown"] = shown });
        return await phone.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    private static async Task<string> Html(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex("name=\"shown\" value=\"(?<shown>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shown();
}
