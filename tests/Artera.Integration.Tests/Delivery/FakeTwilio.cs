using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace Artera.Integration.Tests.Delivery;

/// <summary>Twilio's Messages API behind a real socket: takes texts, lists them, and fails as it is told to.</summary>
internal sealed class FakeTwilio : IDisposable
{
    public const string Account = "AC00000000000000000000000000000001";
    public const string Token = "synthetic-token-0123456789abcdef";

    private readonly WireMockServer server = WireMockServer.Start();
    private readonly ConcurrentQueue<Func<Func<Text>, Task<IResponseMessage>>> next = new();
    private readonly ConcurrentQueue<IResponseMessage> nextLook = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Lock turn = new();
    private readonly List<Text> texts = [];

    public FakeTwilio()
    {
        foreach (var kind in new[] { "Messages", "Calls" })
        {
            var path = $"/2010-04-01/Accounts/{Account}/{kind}.json";
            server.Given(Request.Create().WithPath(path).UsingPost()).RespondWith(Response.Create().WithCallback(Post));
            server.Given(Request.Create().WithPath(path).UsingGet()).RespondWith(Response.Create().WithCallback(List));
        }
    }

    public sealed record Text(string Sid, string To, string From, string Body, string? Callback, DateTimeOffset Created, string? Url = null);

    public string Url => server.Url!;

    public int PageSize { get; set; } = 1000;

    public int Looks { get; private set; }

    public IRequestMessage? LastPost { get; private set; }

    public IReadOnlyList<Text> Texts
    {
        get
        {
            lock (turn)
                return [.. texts];
        }
    }

    public Action BeforeTaking { get; set; } = () => { };

    public Action AfterTaking { get; set; } = () => { };

    public void NextSays(int status, int? code = null, params (string Name, string Value)[] headers) =>
        next.Enqueue(_ => Task.FromResult(Answer(status, code is null ? "<html/>" : Problem(code.Value), headers)));

    public void NextTakesItBut(int status) =>
        next.Enqueue(take =>
        {
            take();
            return Task.FromResult(Answer(status, "<html/>"));
        });

    public void NextTakesItAndIsSilent() =>
        next.Enqueue(async take =>
        {
            take();
            await Silence();
            return Answer(500, "<html/>");
        });

    public void NextIsSilent() =>
        next.Enqueue(async _ =>
        {
            await Silence();
            return Answer(500, "<html/>");
        });

    public void NextLookSays(int status, int? code = null) =>
        nextLook.Enqueue(Answer(status, code is null ? "<html/>" : Problem(code.Value)));

    public void NextWaitsFor(Task signal) =>
        next.Enqueue(async take =>
        {
            await signal;
            return Answer(201, JsonSerializer.Serialize(Resource(take())));
        });

    public void NextTakesItAndWaitsFor(Task signal) =>
        next.Enqueue(async take =>
        {
            var text = take();
            await signal;
            return Answer(201, JsonSerializer.Serialize(Resource(text)));
        });

    public void Has(string to, string from, string body, TimeSpan ago)
    {
        lock (turn)
            texts.Add(new Text(NewSid(), to, from, body, Callback: null, TimeProvider.System.GetUtcNow() - ago));
    }

    public void Forget(string body)
    {
        lock (turn)
            texts.RemoveAll(text => text.Body == body);
    }

    public void Dispose()
    {
        closing.Cancel();
        server.Dispose();
    }

    private Task Silence() => Task.Delay(Timeout.Infinite, closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);

    private async Task<IResponseMessage> Post(IRequestMessage request)
    {
        LastPost = request;
        BeforeTaking();
        return next.TryDequeue(out var answer)
            ? await answer(() => Take(request))
            : Answer(201, JsonSerializer.Serialize(Resource(Take(request))));
    }

    private Text Take(IRequestMessage request)
    {
        var form = QueryHelpers.ParseQuery(request.Body);
        lock (turn)
        {
            var text = new Text(
                NewSid(), form["To"]!, form["From"]!, form.GetValueOrDefault("Body").ToString(), form["StatusCallback"], TimeProvider.System.GetUtcNow(), form.GetValueOrDefault("Url"));
            texts.Add(text);
            AfterTaking();
            return text;
        }
    }

    private Task<IResponseMessage> List(IRequestMessage request)
    {
        Looks++;
        if (nextLook.TryDequeue(out var answer))
            return Task.FromResult(answer);

        var query = QueryHelpers.ParseQuery(new Uri(request.AbsoluteUrl).Query);
        var page = query.TryGetValue("Page", out var number) ? int.Parse(number!, CultureInfo.InvariantCulture) : 0;
        var fitting = Texts.Where(text => text.To == query["To"] && text.From == query["From"]).Reverse().ToList();
        var rest = fitting.Skip((page + 1) * PageSize).Any();
        var following = $"/2010-04-01/Accounts/{Account}/Messages.json?To={Uri.EscapeDataString(query["To"]!)}&From={Uri.EscapeDataString(query["From"]!)}&Page={page + 1}";
        return Task.FromResult(Answer(200, JsonSerializer.Serialize(new
        {
            messages = request.Path.EndsWith("Messages.json", StringComparison.Ordinal) ? fitting.Skip(page * PageSize).Take(PageSize).Select(Resource) : null,
            calls = request.Path.EndsWith("Calls.json", StringComparison.Ordinal) ? fitting.Skip(page * PageSize).Take(PageSize).Select(Resource) : null,
            next_page_uri = rest ? following : null,
        })));
    }

    private static object Resource(Text text) => new
    {
        sid = text.Sid,
        to = text.To,
        from = text.From,
        body = text.Body,
        status = "queued",
        direction = "outbound-api",
        date_created = text.Created.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture),
        date_sent = (string?)null,
        error_code = (int?)null,
    };

    private static string Problem(int code) => JsonSerializer.Serialize(new
    {
        code,
        message = "The number +15125550101 is what this would quote",
        more_info = $"https://www.twilio.com/docs/errors/{code}",
        status = 400,
    });

    private static IResponseMessage Answer(int status, string body, params (string Name, string Value)[] headers)
    {
        var answer = new ResponseMessage
        {
            StatusCode = status,
            BodyData = new BodyData { BodyAsString = body, DetectedBodyType = BodyType.String },
            Headers = new Dictionary<string, WireMockList<string>>(StringComparer.OrdinalIgnoreCase)
            {
                ["Content-Type"] = body.StartsWith('{') ? "application/json" : "text/html",
            },
        };
        foreach (var (name, value) in headers)
            answer.Headers[name] = value;
        return answer;
    }

    private string NewSid() => $"SM{texts.Count + 1:x32}";
}
