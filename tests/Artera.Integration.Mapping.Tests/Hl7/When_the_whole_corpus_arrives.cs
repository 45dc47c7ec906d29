using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_the_whole_corpus_arrives(ITestOutputHelper output)
{
    [Fact]
    public void Every_message_is_answered()
    {
        var codes = Corpus.Files("hl7").GroupBy(file => Named(file, raw => AnswerForm.Check(raw))).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (code, count) in codes) output.WriteLine($"{code} {count}");
        codes.Values.Sum().ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Every_place_of_every_message_can_be_read()
    {
        foreach (var file in Corpus.Files("hl7")) Named(file, ReadAll);
    }

    [Fact]
    public void Changing_nothing_changes_no_byte()
    {
        foreach (var file in Corpus.Files("hl7"))
        {
            Named(file, raw =>
            {
                if (Hl7Message.TryRead(raw, out _) is not { } message) return 0;
                Hl7MessageBuilder.Edit(message).ToArray().ShouldBe(raw);
                return 0;
            });
        }
    }

    [Fact]
    public void Changing_a_place_and_changing_it_back_changes_no_byte()
    {
        foreach (var file in Corpus.Files("hl7"))
        {
            Named(file, raw =>
            {
                if (Hl7Message.TryRead(raw, out var problem) is not { } message || problem is not null) return 0;
                var path = Hl7Path.Parse("MSH-9");
                var before = System.Text.Encoding.UTF8.GetString(message.Get(path).Raw);
                Hl7MessageBuilder.Edit(message).Set(path, "XYZ").SetRaw(path, before).ToArray().ShouldBe(raw);
                return 0;
            });
        }
    }

    [Fact]
    public void Every_batch_is_split_and_every_message_in_it_answered()
    {
        foreach (var file in Corpus.Files("batches"))
        {
            Named(file, raw =>
            {
                var batch = Hl7Batch.Read(raw);
                output.WriteLine($"{Path.GetFileName(file)}: {batch.Messages.Count} messages, {batch.Batches} batches, {string.Join("; ", batch.Problems.Select(problem => problem.Text))}");
                batch.Messages.Count.ShouldBeGreaterThan(0);
                foreach (var message in batch.Messages) AnswerForm.Check(message);
                return 0;
            });
        }
    }

    [Fact]
    public void A_file_with_several_messages_is_a_batch_of_them()
    {
        foreach (var file in Corpus.Files("hl7")) Named(file, raw => Hl7Batch.Read(raw).Messages.Count);
    }

    internal static int ReadAll(byte[] raw)
    {
        if (Hl7Message.TryRead(raw, out _) is not { } message) return 0;
        var length = 0;
        foreach (var segment in message.Segments)
        {
            length += segment.Name.Length;
            for (var field = 1; field <= segment.FieldCount; field++)
            {
                foreach (var repetition in segment.Repetitions(field))
                {
                    length += repetition.Whole.Length + repetition.Component(1).Text.Length + repetition.Component(5).Subcomponent(2).Text.Length;
                    if (Hl7Timestamp.TryParse(repetition.Text, out var timestamp) && !timestamp.IsAbsent) timestamp.Resolve(NodaTime.DateTimeZone.Utc);
                }
            }
        }

        return length + Hl7Groups.Patients(message).Length + Hl7Groups.ResourceGroups(message).Length + Hl7Groups.Orders(message).Length
            + Hl7Groups.Merges(message).Length + Hl7Groups.Providers(message).Length;
    }

    private static T Named<T>(string file, Func<byte[], T> check)
    {
        try
        {
            return check(File.ReadAllBytes(file));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{Path.GetFileName(file)}: {e.Message}", e);
        }
    }
}
