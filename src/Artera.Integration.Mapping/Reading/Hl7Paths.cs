using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

internal static class Hl7Paths
{
    extension(Hl7Path path)
    {
        /// <summary>The same place without its component: the repetition that the component is a part of.</summary>
        public Hl7Path OfRepetitions() => new(path.Segment, path.Which, path.Field, path.Repetition, 0, 0);

        /// <summary>The same place in segments whose action code (HL7 table 0206) does not take them away.</summary>
        public Hl7Path NotDeleted() => new(
            path.Segment,
            path.Which.Length < Hl7Selector.MostStacked ? [new(0, 2, 0, 0, [new("D")]) { Negated = true }, .. path.Which] : path.Which,
            path.Field,
            path.Repetition,
            path.Component,
            path.Subcomponent);

        /// <summary>The same place in the nth segment of its name.</summary>
        public Hl7Path InSegment(int number) => new(path.Segment, [Hl7Selector.Nth(number)], path.Field, path.Repetition, path.Component, path.Subcomponent);

        /// <summary>Another field of the same segment.</summary>
        public Hl7Path Beside(int field) => new(path.Segment, path.Which, field, [], 0, 0);
    }
}
