using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_message_says_how_to_be_acknowledged
{
    [Theory]
    [InlineData("", "", AckOutcome.Accepted, "AA")]
    [InlineData(" ", "", AckOutcome.Accepted, "AA")]
    [InlineData("", "", AckOutcome.Trouble, "AE")]
    [InlineData("", "", AckOutcome.Rejected, "AR")]
    [InlineData("NE", "AL", AckOutcome.Accepted, "AA")]
    [InlineData("NE", "AL", AckOutcome.Trouble, "AE")]
    [InlineData("NE", "AL", AckOutcome.Rejected, "AR")]
    [InlineData("AL", "NE", AckOutcome.Accepted, "CA")]
    [InlineData("AL", "NE", AckOutcome.Trouble, "CE")]
    [InlineData("AL", "NE", AckOutcome.Rejected, "CR")]
    [InlineData("AL", "", AckOutcome.Accepted, "CA")]
    [InlineData("al", "ne", AckOutcome.Accepted, "CA")]
    [InlineData("ER", "NE", AckOutcome.Accepted, null)]
    [InlineData("ER", "NE", AckOutcome.Trouble, "CE")]
    [InlineData("ER", "NE", AckOutcome.Rejected, "CR")]
    [InlineData("SU", "NE", AckOutcome.Accepted, "CA")]
    [InlineData("SU", "NE", AckOutcome.Trouble, null)]
    [InlineData("SU", "NE", AckOutcome.Rejected, null)]
    [InlineData("NE", "NE", AckOutcome.Accepted, null)]
    [InlineData("NE", "NE", AckOutcome.Rejected, null)]
    [InlineData("NE", "ER", AckOutcome.Accepted, null)]
    [InlineData("", "ER", AckOutcome.Trouble, "AE")]
    [InlineData("", "ER", AckOutcome.Rejected, "AR")]
    [InlineData("", "SU", AckOutcome.Accepted, "AA")]
    [InlineData("", "SU", AckOutcome.Rejected, null)]
    [InlineData("YES", "NE", AckOutcome.Accepted, "CA")]
    public void It_is_answered_so_at_once(string accept, string application, AckOutcome outcome, string? expected) =>
        AckPolicy.Of(accept, application).Decide(outcome).Immediate.ToString().ShouldBe(expected ?? string.Empty);

    [Theory]
    [InlineData("", "", AckOutcome.Accepted, null)]
    [InlineData("NE", "AL", AckOutcome.Accepted, null)]
    [InlineData("AL", "NE", AckOutcome.Accepted, null)]
    [InlineData("AL", "AL", AckOutcome.Accepted, "AA")]
    [InlineData("AL", "AL", AckOutcome.Trouble, "AE")]
    [InlineData("AL", "AL", AckOutcome.Rejected, "AR")]
    [InlineData("ER", "AL", AckOutcome.Accepted, "AA")]
    [InlineData("AL", "ER", AckOutcome.Accepted, null)]
    [InlineData("AL", "ER", AckOutcome.Rejected, "AR")]
    [InlineData("AL", "SU", AckOutcome.Accepted, "AA")]
    [InlineData("AL", "SU", AckOutcome.Rejected, null)]
    public void An_accepted_message_is_owed_an_answer_later(string accept, string application, AckOutcome later, string? expected) =>
        AckPolicy.Of(accept, application).Decide(AckOutcome.Accepted).Owed(later).ToString().ShouldBe(expected ?? string.Empty);

    [Theory]
    [InlineData(AckOutcome.Trouble)]
    [InlineData(AckOutcome.Rejected)]
    public void A_message_that_was_not_accepted_is_owed_nothing_more(AckOutcome outcome) =>
        AckPolicy.Of("AL", "AL").Decide(outcome).Application.ShouldBe(AckCondition.Never);

    [Fact]
    public void Without_a_header_the_mode_is_original() => AckPolicy.Of(null).ShouldBe(AckPolicy.Of("", ""));

    [Fact]
    public void The_header_decides() => AckPolicy.Of(Sample.Read(Sample.Booking)).Decide(AckOutcome.Accepted).ShouldBe(new AckDecision(AckCode.CA));
}
