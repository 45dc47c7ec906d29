namespace Artera.Integration.Mapping.Tests;

public class When_a_code_is_given_a_meaning
{
    [Fact]
    public void The_held_message_is_understood()
    {
        var message = Mapped.Siu("S14", "SCH||7|||||||||^^^20260921143000||||||||||||||ZZZ", "PID|1||1");
        var generic = MappingsFolder.Mapper("generic");
        var cause = generic.Map(message, Mapped.Context).Causes.Single();

        generic.File.TryAddCode(cause.Table!, cause.Value!, "arrived", out var file, out _).ShouldBeTrue();

        Mapper.Compile(file!).Map(message, Mapped.Context).Visit().Status.Value.ShouldBe(EmrStatus.Arrived);
        generic.Map(message, Mapped.Context).Outcome.ShouldBe(MappingOutcome.Held);
    }

    [Theory]
    [InlineData("statuses", "here", "'here' is not one of booked, confirmed, arrived, completed, cancelled, no-show, deleted")]
    [InlineData("languages", "elvish", "'elvish' is not a language tag such as en or es-MX")]
    [InlineData("nothing", "booked", "there is no table nothing")]
    public void A_word_that_does_not_fit_is_refused(string table, string meaning, string error)
    {
        MappingsFolder.Mapper("generic").File.TryAddCode(table, "ZZZ", meaning, out _, out var why).ShouldBeFalse();
        why.ShouldBe(error);
    }

    [Fact]
    public void A_code_may_say_nothing()
    {
        MappingsFolder.Mapper("generic").File.TryAddCode("statuses", "ZZZ", null, out var file, out _).ShouldBeTrue();

        Mapper.Compile(file!).Map(Mapped.Siu("S14", "SCH||7|||||||||||||||||||||||ZZZ", "PID|1||1"), Mapped.Context).Visit().Status.IsNothing.ShouldBeTrue();
    }
}
