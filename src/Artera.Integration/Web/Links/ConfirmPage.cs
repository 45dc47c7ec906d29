using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Outreach;
using Artera.Integration.Replies;
using Mediator;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Web.Links;

/// <summary>
/// <c>/c/{token}</c>: looking changes nothing, since phones and mail programs look before people do; a tap posts the answer.
/// Whoever has the link may answer; no cookie is involved, so there is nothing for a stranger's page to abuse.
/// </summary>
internal static class ConfirmPage
{
    public const string Who = "link";

    public static void MapConfirmPage(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/c/{token}", [HttpMethods.Get, HttpMethods.Head], Show).AllowAnonymous();
        app.MapPost("/c/{token}", Answer).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> Show(
        string token, HttpContext http, IntegrationDb db, SignedLinks links, Snapshot<EnterpriseDirectory> enterprise, AuditLog audit, TimeProvider time,
        IOptions<RepliesOptions> options, CancellationToken cancellation)
    {
        if (await Find(token, db, links, enterprise, time, cancellation) is not { } view)
            return Unknown(http);
        await audit.Seen(Who, [.. view.Patients.Select(patient => (long?)patient)], Subject(view.Link), cancellation);
        return view.Render(http, options.Value, movedMeanwhile: false);
    }

    private static async Task<IResult> Answer(
        string token, HttpContext http, IntegrationDb db, SignedLinks links, Snapshot<EnterpriseDirectory> enterprise, ISender sender, TimeProvider time,
        IOptions<RepliesOptions> options, CancellationToken cancellation)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellation) : FormCollection.Empty;
        if (await Find(token, db, links, enterprise, time, cancellation) is not { } view)
            return Unknown(http);
        if (StatusOf(form["answer"].ToString(), options.Value) is not { } answer || view.IsExpired || view.Visits.Count == 0)
            return view.Render(http, options.Value, movedMeanwhile: false);

        // Who said yes to Tuesday has not said yes to the Wednesday that the EMR has made of it meanwhile.
        if (form["shown"] != view.Shown)
            return view.Render(http, options.Value, movedMeanwhile: true);
        await sender.Send(new AnswerByLink([.. view.Visits.Select(visit => visit.Id)], view.Patients, answer), cancellation);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = $"/c/{token}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async Task<ConfirmView?> Find(
        string token, IntegrationDb db, SignedLinks links, Snapshot<EnterpriseDirectory> enterprise, TimeProvider time, CancellationToken cancellation)
    {
        if (ConfirmLink.Read(await links.Signer(cancellation), token) is not { } link)
            return null;
        return await ConfirmView.Load(db, await enterprise.Get(cancellation), link, time.Now(), cancellation);
    }

    private static PatientStatus? StatusOf(string answer, RepliesOptions options) => answer switch
    {
        "confirm" => PatientStatus.Confirmed,
        "cancel" => PatientStatus.Cancelled,
        "reschedule" when options.AcceptReschedule => PatientStatus.RescheduleRequested,
        _ => null,
    };

    private static IResult Unknown(HttpContext http)
    {
        var words = LinkPage.Asked(http.Request);
        return LinkPage.Of(http, words, words.Page.Title, LinkPage.Paragraph(words.Page.Invalid), StatusCodes.Status404NotFound);
    }

    private static string Subject(ConfirmLink link) => $"appointment:{link.Visits[0].AppointmentId}";
}

/// <summary>An answer by link, and that it was given so.</summary>
internal sealed record AnswerByLink(IReadOnlyCollection<long> AppointmentIds, IReadOnlyCollection<long> Patients, PatientStatus Answer) : IRequest<int>;

internal sealed class AnswerByLinkHandler(ISender sender, AuditLog audit) : IRequestHandler<AnswerByLink, int>
{
    public async ValueTask<int> Handle(AnswerByLink request, CancellationToken cancellationToken)
    {
        foreach (var appointment in request.AppointmentIds)
            audit.Note(ConfirmPage.Who, "answered", request.Patients.First(), $"appointment:{appointment}");
        return await sender.Send(new AnswerVisits(request.AppointmentIds, request.Answer), cancellationToken);
    }
}
