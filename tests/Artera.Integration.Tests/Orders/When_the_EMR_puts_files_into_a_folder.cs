using Artera.Integration.Enterprise;
using Artera.Integration.Inbound.Extracts;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Orders;

public sealed class When_the_EMR_puts_files_into_a_folder : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private TestServer server = null!;

    private string Recalls => folder.File("recalls");

    private string Referrals => folder.File("referrals");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Recalls);
        Directory.CreateDirectory(Referrals);
        server = await TestServer.Start(settings:
        [
            new("Feeds:0:Extracts:0:Folder", Recalls),
            new("Feeds:0:Extracts:0:SettledFor", "00:00:00.2"),
            new("Feeds:0:Extracts:0:Columns:0", "MRN=patient"),
            new("Feeds:0:Extracts:0:Statuses:0", "Offen=active"),
            new("Feeds:0:Extracts:1:Folder", Referrals),
            new("Feeds:0:Extracts:1:Kind", "Referrals"),
            new("Feeds:0:Extracts:1:Ready", ".ok"),
            new("Feeds:0:Extracts:1:SettledFor", "00:00:00"),
            new("Feeds:0:Extracts:1:Done", folder.File("archive")),
        ]);
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "North", TimeZone = "America/New_York" };
        await server.Write(practice);
        await server.Write(new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = "L1", Name = "Hall", PracticeId = practice.Id });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_line_is_taken_and_bad_ones_are_reported_by_number()
    {
        await File.WriteAllTextAsync(Path.Combine(Recalls, "daily.csv"), "Id,MRN,Type,Location,Status\nR1,P1,MAMMO,L1,Offen\nR2,,MAMMO,L1,\nR3,P3,MAMMO,NOWHERE,active\nR4,P4,MAMMO,L1,maybe\n", TestContext.Current.CancellationToken);

        var taken = await PutAway("daily.csv");

        (taken.State, taken.Rows, taken.Applied, taken.Bad).ShouldBe((ExtractState.Applied, 4, 1, 3));
        (await server.Read(db => db.Set<Recall>().Where(row => row.ExternalId == "R1").CountAsync())).ShouldBe(1);
        using var http = new HttpClient { BaseAddress = server.Http };
        (await http.GetStringAsync("/api/v1/feeds/main/extracts", TestContext.Current.CancellationToken)).ShouldContain("\"problem\":\"missing patient\"");
        File.Exists(Path.Combine(Recalls, "daily.csv")).ShouldBeFalse();
        File.Exists(Path.Combine(Recalls, "done", $"daily.{taken.Id}.csv")).ShouldBeTrue();
        (await File.ReadAllLinesAsync(Path.Combine(Recalls, "done", $"daily.{taken.Id}.report.csv"), TestContext.Current.CancellationToken))
            .ShouldBe(["line,problem", "3,missing patient", "4,unmapped location", "5,unknown-status status"]);
    }

    [Fact]
    public async Task A_file_that_is_no_extract_is_put_aside_with_the_reason()
    {
        await File.WriteAllTextAsync(Path.Combine(Recalls, "odd.csv"), "hello\nworld\n", TestContext.Current.CancellationToken);

        var taken = await PutAway("odd.csv");

        taken.State.ShouldBe(ExtractState.Refused);
        taken.Refused!.ShouldContain("the first line must name the columns");
        File.Exists(Path.Combine(Recalls, "failed", $"odd.{taken.Id}.csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_waits_for_the_one_that_says_it_is_complete()
    {
        await File.WriteAllTextAsync(Path.Combine(Recalls, ".hidden.csv"), "id,MRN\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Recalls, "half.csv.part"), "id,MRN\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Referrals, "first.csv"), "id,patient,location\nF1,P1,L1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Referrals, "second.csv"), "id,patient,location\nF2,P1,L1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Referrals, "second.csv.ok"), "", TestContext.Current.CancellationToken);

        var taken = await PutAway("second.csv");

        File.Exists(Path.Combine(folder.File("archive"), $"second.{taken.Id}.csv")).ShouldBeTrue();
        File.Exists(Path.Combine(Referrals, "first.csv")).ShouldBeTrue();
        File.Exists(Path.Combine(Recalls, "half.csv.part")).ShouldBeTrue();
        (await server.Read(db => db.Set<Referral>().Select(row => row.ExternalId).ToListAsync())).ShouldNotContain("F1");

        await File.WriteAllTextAsync(Path.Combine(Referrals, "first.csv.ok"), "", TestContext.Current.CancellationToken);
        await PutAway("first.csv");
        File.Exists(Path.Combine(Referrals, "first.csv.ok")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_name_may_come_again()
    {
        for (var day = 1; day <= 2; day++)
        {
            await File.WriteAllTextAsync(Path.Combine(Recalls, "daily.csv"), $"Id,MRN,Type,Location\nR{day},P1,MAMMO,L1\n", TestContext.Current.CancellationToken);
            await server.Until(db => db.Set<TakenExtract>().CountAsync(row => row.PutAway), count => count == day);
        }

        Directory.GetFiles(Path.Combine(Recalls, "done"), "daily.*.csv").Length.ShouldBe(4);
    }

    private async Task<TakenExtract> PutAway(string name) => (await server.Until(
        db => db.Set<TakenExtract>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == name), row => row is { PutAway: true }))!;
}
