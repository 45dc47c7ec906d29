using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_feed_says_nothing
{
    [Theory, OnEveryDatabase]
    public async Task It_is_trouble_against_its_habit_until_something_comes(DatabaseProvider on)
    {
        await using var rooms = await Rooms.OpenOn(
            on, "2026-10-26T14:10:00Z", new("Feeds:0:Name", "emr"), new("Feeds:0:Mapping", "mappings/generic"), new("Feeds:0:Fhir:Subscription:Secret", "hush"));
        var now = FeedHabit.HourOf(rooms.Clock.Now());
        await rooms.Write([.. Enumerable.Range(4, (24 * 21) - 4).Select(back => new FhirHour { Feed = "emr", Hour = now - Duration.FromHours(back), Heard = 6 })]);
        await rooms.Write([.. Enumerable.Range(1, 3).Select(back => new FhirHour { Feed = "emr", Hour = now - Duration.FromHours(back), Heard = 0 })]);

        (await rooms.Send(new NoteHour("emr", 0))).ShouldBe(new NoteHour.Result(IsQuiet: true, IsNews: true));
        (await rooms.Send(new NoteHour("emr", 0))).ShouldBe(new NoteHour.Result(IsQuiet: true, IsNews: false));
        (await Troubles(rooms)).ShouldHaveSingleItem().Kind.ShouldBe("quiet");

        (await rooms.Send(new NoteHour("emr", 1))).ShouldBe(new NoteHour.Result(IsQuiet: false, IsNews: true));
        (await Troubles(rooms)).ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<FeedTrouble>> Troubles(Rooms rooms) =>
        rooms.Read(db => FeedTrouble.All(db, rooms.Services.GetRequiredService<FeedBook>(), CancellationToken.None));
}
