namespace Artera.Integration.Mapping.Reading;

/// <summary>What has been found of a field so far: its answer, or what counts when no later source has one.</summary>
internal struct Sought<T>
    where T : notnull
{
    public Stated<T> Answer;
    public (T Value, CompiledSource Source, string Text)? Weak;
    public (CompiledSource Source, string Text)? Unknown;
    public CompiledSource? Erased;

    public void Remember(Taken taken, T value, CompiledSource source, string text)
    {
        if (taken == Taken.Weak)
            Weak ??= (value, source, text);
        else if (taken == Taken.Unknown)
            Unknown ??= (source, text);
        else if (taken == Taken.Erased)
            Erased ??= source;
    }
}
