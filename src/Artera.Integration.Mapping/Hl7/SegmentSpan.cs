namespace Artera.Integration.Mapping.Hl7;

/// <summary>Where a segment lies in the text of its message, and its name packed into a number for comparing.</summary>
internal readonly record struct SegmentSpan(int Start, int Length, uint Key)
{
    public static readonly uint Msh = KeyOf("MSH");
    private static readonly uint Fhs = KeyOf("FHS");
    private static readonly uint Bhs = KeyOf("BHS");
    public static readonly uint Nte = KeyOf("NTE");

    /// <summary>True for the segments whose first field is the field separator itself.</summary>
    public bool IsHeader => Key == Msh || Key == Fhs || Key == Bhs;

    public static uint KeyOf(string name) => name.Length == 3 ? Pack((byte)name[0], (byte)name[1], (byte)name[2]) : 0;

    public static uint KeyOf(ReadOnlySpan<byte> segment, byte fieldSeparator) =>
        segment.Length >= 3 && (segment.Length == 3 || segment[3] == fieldSeparator)
            ? Pack(segment[0], segment[1], segment[2])
            : 0;

    private static uint Pack(byte a, byte b, byte c) => ((uint)a << 16) | ((uint)b << 8) | c;
}
