using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_batch_is_read
{
    private static readonly string One = Sample.Lines(@"MSH|^~\&|A|B|C|D|||SIU^S12|1|P|2.3", "SCH|1");
    private static readonly string Two = Sample.Lines("MSH#*+%!#A#B#C#D###SIU*S12#2#P#2.3", "SCH#2");

    [Fact]
    public void Each_message_comes_as_its_own_bytes()
    {
        var batch = Read(Sample.Lines(@"FHS|^~\&|A", @"BHS|^~\&|A") + One + Two + Sample.Lines("BTS|2", "FTS|1"));
        Texts(batch).ShouldBe([One, Two]);
        batch.Problems.ShouldBeEmpty();
        batch.Batches.ShouldBe(1);
    }

    [Fact]
    public void One_message_after_the_other_is_enough()
    {
        var batch = Read(One + Two + One);
        Texts(batch).ShouldBe([One, Two, One]);
        batch.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Lines_may_end_in_another_way(string end)
    {
        var batch = Read((Sample.Lines(@"BHS|^~\&|A") + One + "\r" + Two + Sample.Lines("BTS|2")).Replace("\r", end, StringComparison.Ordinal));
        batch.Messages.Count.ShouldBe(2);
        batch.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_count_that_differs_is_reported_and_no_message_lost()
    {
        var batch = Read(Sample.Lines(@"FHS|^~\&|A", @"BHS|^~\&|A") + One + Two + Sample.Lines("BTS|3", "FTS|2"));
        batch.Messages.Count.ShouldBe(2);
        batch.Problems.Select(problem => problem.Text).ShouldBe(["BTS-1 says 3, messages found: 2", "FTS-1 says 2, batches found: 1"]);
    }

    [Fact]
    public void A_batch_has_delimiters_of_its_own()
    {
        var batch = Read(Sample.Lines("FHS!^~\\&!A", "BHS%^~\\&%A") + One + Sample.Lines("BTS%2%x", "FTS!1"));
        Texts(batch).ShouldBe([One]);
        batch.Problems.Single().Text.ShouldBe("BTS-1 says 2, messages found: 1");
    }

    [Fact]
    public void Several_batches_are_counted_each_for_itself()
    {
        var batch = Read(Sample.Lines(@"FHS|^~\&|A", @"BHS|^~\&|A") + One + Sample.Lines("BTS|1", @"BHS|^~\&|A") + Two + One + Sample.Lines("BTS|2", "FTS|2"));
        batch.Messages.Count.ShouldBe(3);
        batch.Batches.ShouldBe(2);
        batch.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_was_cut_off_is_reported() =>
        Read(Sample.Lines(@"FHS|^~\&|A", @"BHS|^~\&|A") + One).Problems.Select(problem => problem.Text).ShouldBe(["BHS without BTS", "FHS without FTS"]);

    [Fact]
    public void A_trailer_without_a_count_is_fine() =>
        Read(Sample.Lines(@"BHS|^~\&|A") + One + Sample.Lines("BTS")).Problems.ShouldBeEmpty();

    [Fact]
    public void A_line_of_a_note_is_no_header()
    {
        var text = Sample.Lines(@"MSH|^~\&|A|B|C|D|||SIU^S12|1|P|2.3", "NTE|1||first\nMSH and BTS are segments\nFTS-1 too");
        Texts(Read(text)).ShouldBe([text]);
    }

    [Fact]
    public void Text_that_belongs_to_no_message_is_reported()
    {
        var batch = Read("nightly export\r" + One + Sample.Lines("BTS|1", "the end"));
        Texts(batch).ShouldBe([One]);
        batch.Problems.Count.ShouldBe(2);
    }

    [Fact]
    public void Frames_and_blank_lines_between_messages_do_not_matter()
    {
        var batch = Read($"\uFEFF\u000B{One}\u001C\r\n\r\n\u000B{Two}\u001C\r");
        Texts(batch).ShouldBe([One, Two]);
        batch.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing here")]
    public void A_file_without_messages_is_empty(string text) => Read(text).Messages.ShouldBeEmpty();

    private static Hl7Batch Read(string text) => Hl7Batch.Read(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Texts(Hl7Batch batch) => batch.Messages.Select(message => Encoding.UTF8.GetString(message.Span));
}
