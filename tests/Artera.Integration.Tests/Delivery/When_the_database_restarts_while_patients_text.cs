using System.Globalization;
using Artera.Integration.Delivery;
using Artera.Integration.Tests.Chaos;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_the_database_restarts_while_patients_text
{
    /// <summary>Twilio does not call again after an error unless it is told to.</summary>
    [Fact]
    public async Task Twilio_is_told_of_no_error_and_every_text_is_kept_once()
    {
        await using var cell = await Cell.Open();
        using var node = cell.Node();
        using var http = new HttpClient();
        await node.Start();
        var texts = 0;
        var failed = 0;
        var restart = Task.CompletedTask;
        for (var begun = false; !begun || !restart.IsCompleted; texts++)
        {
            if (!await Webhook.Reply(string.Create(CultureInfo.InvariantCulture, $"SM{texts}"), "+12125550101", "hello").IsTaken(http, node.Http, TestContext.Current.CancellationToken))
                failed++;
            if (!begun && texts == 5)
                (begun, restart) = (true, Task.Run(cell.Postgres.CrashAndRecover, TestContext.Current.CancellationToken));
        }

        await restart;
        failed.ShouldBe(0);
        (await cell.Read(db => db.Set<InboundText>().CountAsync())).ShouldBe(texts);
    }
}
