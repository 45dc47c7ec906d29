using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Patients;
using Artera.Integration.Web.Api;
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
    private IReadOnlyList<OrderTrace> orders = [];
    private Dictionary<long, string> names = [];
    private EnterpriseDirectory? directory;
    private DateTimeZone ownZone = DateTimeZone.Utc;
    private string? here;
    private bool looked;
    private bool found;

    /// <summary><c>message</c>, <c>appointment</c>, <c>recall</c>, <c>referral</c>, <c>text</c> (that went out) or <c>answer</c> (that came in).</summary>
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
        "recall" => "Recall",
        "referral" => "Referral",
        _ => message is { } traced ? $"{traced.Message.Message.Event} {traced.Message.Message.ControlId}" : "Message",
    };

    protected override async Task Look(CancellationToken cancellation)
    {
        await using var scope = Scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (traced, text) = ((MessageTrace?)null, (TextTrace?)null);
        var (known, ordered) = ((IReadOnlyList<VisitTrace>)[], (IReadOnlyList<OrderTrace>)[]);
        switch (Kind)
        {
            case "message":
                traced = await services.GetRequiredService<MessageTraces>().Of(Id, cancellation);
                (known, ordered) = (traced?.Visits ?? [], traced?.Orders ?? []);
                break;
            case "appointment":
                known = await services.GetRequiredService<VisitTraces>().Of(Id, cancellation) is { } visit ? [visit] : [];
                break;
            case "recall":
                ordered = await services.GetRequiredService<OrderTraces>().OfRecall(Id, cancellation) is { } recall ? [recall] : [];
                break;
            case "referral":
                ordered = await services.GetRequiredService<OrderTraces>().OfReferral(Id, cancellation) is { } referral ? [referral] : [];
                break;
            case "text" or "answer":
                var texts = services.GetRequiredService<TextTraces>();
                text = Kind == "text" ? await texts.Sent(Id, cancellation) : await texts.Received(Id, cancellation);
                (known, ordered) = (text?.Visits ?? [], text?.Orders ?? []);
                break;
        }

        here = string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Id}");
        found = traced is not null || text is not null || known.Count + ordered.Count > 0;
        await Show(traced, text, known, ordered, services.GetRequiredService<IntegrationDb>(), cancellation);
    }

    private async Task Show(
        MessageTrace? traced, TextTrace? text, IReadOnlyList<VisitTrace> known, IReadOnlyList<OrderTrace> ordered, IntegrationDb db, CancellationToken cancellation)
    {
        List<long?> whose = [.. known.Select(visit => (long?)visit.Appointment.PatientId), .. ordered.Select(order => (long?)order.Order.PatientId)];
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
        // What stands in the way of an appointment or an order need not be told twice.
        steps = known.Count + ordered.Count > 0 ? [] : traced?.Acknowledgements ?? text?.Steps ?? [];
        (message, visits, orders, looked) = (traced, known, ordered, true);
    }

    private static string Named(OrderRow order) => Words.Of(order.Module()).ToLowerInvariant();

    private DateTimeZone FeedZone(string feed) => Feeds.Find(feed)?.Zone ?? DateTimeZone.Utc;
}
