using System.Globalization;
using System.Text;
using Artera.Integration.Mapping.Hl7;
using CsCheck;

namespace Artera.Integration.Mapping.Tests.Hl7;

/// <summary>ARTERA_FUZZ_SECONDS runs each of these for so long instead of a fixed number of times.</summary>
public sealed class When_messages_are_damaged
{
    private static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("ARTERA_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private static readonly Hl7Path[] Paths =
    [
        .. new[]
        {
            "MSH-9.2", "SCH-2.1", "SCH-11.4", "PID-3(5=MRN|MR).1", "PID-3(4.1=HOSP)(2).1", "PID-5.2", "PID-13(3=CP)(2=PRN).1", "PID-13(2).4.2",
            "AIG(4=ROOM)-3.1", "PRD(1.1=RT)(2)-2.1", "OBX(3.1=LANG)-5.1", "NTE(2)-3", "ZPX-1", "MRG-1.1",
        }.Select(Hl7Path.Parse),
    ];

    [Fact]
    public void Every_one_gets_a_well_formed_answer() => Run(Mutation.Message, raw => AnswerForm.Check(raw));

    [Fact]
    public void Every_one_can_be_read_and_split() => Run(Mutation.Message, raw =>
    {
        When_the_whole_corpus_arrives.ReadAll(raw);
        foreach (var part in Hl7Batch.Read(raw).Messages) Hl7Message.TryRead(part, out _).ShouldNotBeNull();
        if (Hl7Message.TryRead(raw, out _) is not { } message) return;
        foreach (var range in Hl7Groups.Patients(message)) ReadPaths(range.With(Hl7Groups.ResourceGroups(message)[^1]));
        foreach (var range in Hl7Groups.Merges(message)) ReadPaths(range);
        AckReply.TryRead(raw);
    });

    [Fact]
    public void Every_one_that_is_accepted_can_be_changed() =>
        Run(Gen.Select(Mutation.Message, Gen.Int[0, Paths.Length - 1], Gen.String[Gen.Char["abc|^~\\&\r\n\"é"], 1, 6]), (raw, index, value) =>
        {
            if (Hl7Message.TryRead(raw, out var problem) is not { } message || problem is not null || value == "\"\"") return;
            var builder = Hl7MessageBuilder.Edit(message);
            builder.ToArray().ShouldBe(raw);
            var d = message.Delimiters;
            if (d.Escape == '\0' || d.Repetition == '\0' || d.Subcomponent == '\0' || !message.Charset.Equals(Hl7Charset.Utf8)) return;
            if (!message.Segments[0].Repetitions(18).Raw.IsEmpty) value = value.Replace('é', 'e');
            var changed = builder.Set(Paths[index], value).Message;
            changed.Get(Paths[index]).Text.ShouldBe(value);
            changed.ControlId.ShouldBe(message.ControlId);
        });

    private static void ReadPaths(Hl7Range range)
    {
        foreach (var path in Paths)
        {
            var first = range.Get(path);
            foreach (var value in range.All(path))
            {
                if (first.HasValue) first.Text.Length.ShouldBeGreaterThan(0);
                (value.IsAbsent && value.IsNull).ShouldBeFalse();
            }
        }
    }

    private static void Run(Gen<byte[]> gen, Action<byte[]> check)
    {
        if (Seconds > 0) gen.Sample(check, time: Seconds, print: Print);
        else gen.Sample(check, iter: 10_000, print: Print);
    }

    private static void Run<T1, T2>(Gen<(byte[], T1, T2)> gen, Action<byte[], T1, T2> check)
    {
        if (Seconds > 0) gen.Sample(check, time: Seconds, print: Print);
        else gen.Sample(check, iter: 10_000, print: Print);

        static string Print((byte[] Raw, T1, T2) t) => $"{When_messages_are_damaged.Print(t.Raw)} {t.Item2} {t.Item3}";
    }

    private static string Print(byte[] raw) => $"{Convert.ToBase64String(raw)} = {Encoding.Latin1.GetString(raw)}";
}
