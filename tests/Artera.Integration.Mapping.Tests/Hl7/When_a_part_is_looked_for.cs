using System.Text;
using Artera.Integration.Mapping.Hl7;
using CsCheck;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_part_is_looked_for
{
    [Fact]
    public void It_is_the_one_that_splitting_would_give() =>
        Gen.Select(Gen.String[Gen.Char["ab||^"], 0, 150], Gen.Int[1, 90]).Sample((text, number) =>
        {
            var message = Sample.Read($"MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\rZXX|{text}\r");
            var fields = text.Split('|');
            Encoding.UTF8.GetString(message.Segments[1].Repetitions(number).Raw).ShouldBe(number <= fields.Length ? fields[number - 1] : "");
            message.Segments[1].FieldCount.ShouldBe(fields.Length);

            var components = fields[0].Split('^');
            Encoding.UTF8.GetString(message.Segments[1].Field(1).Component(number).Raw).ShouldBe(number <= components.Length ? components[number - 1] : "");
        });
}
