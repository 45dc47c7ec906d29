using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

internal static class Hl7Paths
{
    extension(Hl7Path path)
    {
        /// <summary>The same place without its component: the repetition that the component is a part of.</summary>
        public Hl7Path OfRepetitions() => new(path.Segment, path.Which, path.Field, path.Repetition, 0, 0);

        /// <summary>The same place in the nth segment of its name.</summary>
        public Hl7Path InSegment(int number) => new(path.Segment, [Hl7Selector.Nth(number)], path.Field, path.Repetition, path.Component, path.Subcomponent);

        /// <summary>Another field of the same segment.</summary>
        public Hl7Path Beside(int field) => new(path.Segment, path.Which, field, [], 0, 0);
    }
}
