using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Patients;
using Artera.Integration.Web.Components;
using Artera.Integration.Web.Tracing;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Pages;

/// <summary>The way of one message, appointment or text, from the EMR to the patient and back.</summary>
public sealed partial class TracePage : Live
{
    private MessageTrace? message;
    private IReadOnlyList<TraceStep> steps = [];
    private IReadOnlyList<VisitTrace> visits = [];
    private Dictionary<long, string> names = [];
    private EnterpriseDirectory? directory;
    private DateTimeZone ownZone = DateTimeZone.Utc;
    private string? here;
    private bool looked;
    private bool found;

    /// <summary><c>message</c>, <c>appointment</c>, <c>text</c> (that went out) or <c>answer</c> (that came in).</summary>
    [Parameter]
    public required string Kind { get; set; }

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private IServiceScopeFactory Scopes { get; set; } = null!;

    [Inject]
    private FeedBook Feeds { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    private string Heading => Kind switch
    {
        "text" => "A text that went out",
        "answer" => "A text that came in",
        "appointment" => "Appointment",
        _ => message is { } traced ? $"{traced.Message.Message.Event} {traced.Message.Message.ControlId}" : "Message",
    };

    protected override async Task Look(CancellationToken cancellation)
    {
        await using var scope = Scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (traced, text, known) = ((MessageTrace?)null, (TextTrace?)null, (IReadOnlyList<VisitTrace>)[]);
        switch (Kind)
        {
            case "message":
                traced = await services.GetRequiredService<MessageTraces>().Of(Id, cancellation);
                known = traced?.Visits ?? [];
                break;
            case "appointment":
                known = await services.GetRequiredService<VisitTraces>().Of(Id, cancellation) is { } visit ? [visit] : [];
                break;
            case "text" or "answer":
                var texts = services.GetRequiredService<TextTraces>();
                text = Kind == "text" ? await texts.Sent(Id, cancellation) : await texts.Received(Id, cancellation);
                known = text?.Visits ?? [];
                break;
        }

        here = string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Id}");
        found = traced is not null || text is not null || known.Count > 0;
        await Show(traced, text, known, services.GetRequiredService<IntegrationDb>(), cancellation);
    }

    private async Task Show(MessageTrace? traced, TextTrace? text, IReadOnlyList<VisitTrace> known, IntegrationDb db, CancellationToken cancellation)
    {
        var whose = known.Select(visit => (long?)visit.Appointment.PatientId).ToList();
        if (traced is not null)
            whose.Add(traced.Message.PatientId);
        if (text is not null)
            whose.Add(text.PatientId);
        if (found)
            await Desk.Saw(whose, $"trace {here}", cancellation);

        var ids = whose.OfType<long>().ToHashSet();
        names = await db.Set<Patient>().Where(patient => ids.Contains(patient.Id))
            .Select(patient => new { patient.Id, patient.Given, patient.Family, patient.ExternalId })
            .ToDictionaryAsync(patient => patient.Id, patient => Words.Name(patient.Given, patient.Family, patient.ExternalId), cancellation);
        directory = await Enterprise.Get(cancellation);
        ownZone = traced is not null
            ? FeedZone(traced.Message.Message.Feed)
            : directory.ZoneOf(directory.Lines.FirstOrDefault(line => line.Id == text?.LineId)?.PracticeId);
        // What stands in the way of an appointment need not be told twice.
        steps = known.Count > 0 ? [] : traced?.Acknowledgements ?? text?.Steps ?? [];
        (message, visits, looked) = (traced, known, true);
    }

    private DateTimeZone FeedZone(string feed) => Feeds.Find(feed)?.Zone ?? DateTimeZone.Utc;
}
