using Artera.Integration.Outreach.Hearing;
using Artera.Integration.Replies;

namespace Artera.Integration.Tests.Replies;

/// <summary>product.md §8: exact, starts-with, contains whole words; without case and accents.</summary>
public sealed class Keywords_of_a_rule
{
    [Theory]
    [InlineData("parking", "parking", true)]
    [InlineData("parking", "  PARKING!! ", true)]
    [InlineData("parking", "Parking 🙏", true)]
    [InlineData("parking", "where is the parking", false)]
    [InlineData("parking", "parking please", false)]
    [InlineData("where do i park", "Where do I park?", true)]
    [InlineData("dónde aparco", "DONDE APARCO", true)]
    [InlineData("donde aparco", "¿Dónde aparco?", true)]
    [InlineData("👍", "👍🏽", true)]
    [InlineData("停车", "停车！", true)]
    [InlineData("parking", "", false)]
    [InlineData("parking", "🙏", false)]
    public void Exact_is_the_whole_message(string keyword, string said, bool taken) => Taken(new Hears { Exact = [keyword] }, said).ShouldBe(taken);

    [Theory]
    [InlineData("running late", "Running late, 10 min", true)]
    [InlineData("running late", "running late", true)]
    [InlineData("running late", "I am running late", false)]
    [InlineData("run", "running late", false)]
    [InlineData("llego tarde", "LLEGÓ TARDE 15 minutos", true)]
    public void Starts_with_is_its_first_words(string keyword, string said, bool taken) => Taken(new Hears { StartsWith = [keyword] }, said).ShouldBe(taken);

    [Theory]
    [InlineData("park", "Where can I park today?", true)]
    [InlineData("park", "where is the parking", false)]
    [InlineData("car park", "is there a CAR-PARK nearby", true)]
    [InlineData("car park", "park the car", false)]
    [InlineData("niño", "el NINO llega", true)]
    [InlineData("停车", "请问哪里可以停车吗", true)]
    [InlineData("bill", "my bills", false)]
    public void Contains_is_whole_words_anywhere(string keyword, string said, bool taken) => Taken(new Hears { Contains = [keyword] }, said).ShouldBe(taken);

    [Fact]
    public void A_word_far_into_a_long_message_is_found() =>
        Taken(new Hears { Contains = ["invoice"] }, string.Join(' ', Enumerable.Repeat("well", 90)) + " invoice").ShouldBeTrue();

    [Fact]
    public void The_whole_message_is_closer_than_its_start_and_that_than_a_word_in_it()
    {
        var closeness = new[] { new Hears { Exact = ["bill"] }, new Hears { StartsWith = ["bill"] }, new Hears { Contains = ["bill"] } }
            .Select(hears => Keywords.Closeness(hears, "bill")).ToList();
        closeness.ShouldBe(closeness.OrderDescending());
        closeness.Distinct().Count().ShouldBe(3);
    }

    private static bool Taken(Hears hears, string said) => Keywords.Closeness(hears, said) > 0;
}
