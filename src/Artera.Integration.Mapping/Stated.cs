namespace Artera.Integration.Mapping;

/// <summary>
/// What a message says of one value. HL7 v2 chapter 2 §2.5.3 knows three cases: nothing (the receiver keeps
/// what it has), the null <c>""</c> (the receiver removes what it has), and a value.
/// </summary>
/// <typeparam name="T">The type of the value when there is one.</typeparam>
public readonly record struct Stated<T>
{
    private readonly T? value;
    private readonly Kind kind;

    private Stated(Kind kind, T? value)
    {
        this.kind = kind;
        this.value = value;
    }

    private enum Kind : byte { Nothing, Erased, Value }

    /// <summary>The message says nothing: keep what is there.</summary>
    public static Stated<T> Nothing => default;

    /// <summary>The message sends the HL7 null: remove what is there.</summary>
    public static Stated<T> Erased => new(Kind.Erased, default);

    /// <summary>True when the message says nothing.</summary>
    public bool IsNothing => kind == Kind.Nothing;

    /// <summary>True when the message removes the value.</summary>
    public bool IsErased => kind == Kind.Erased;

    /// <summary>True when the message states a value.</summary>
    public bool HasValue => kind == Kind.Value;

    /// <summary>The stated value.</summary>
    /// <exception cref="InvalidOperationException">Nothing is stated, or the value is erased.</exception>
    public T Value => kind == Kind.Value ? value! : throw new InvalidOperationException("no value is stated");

    /// <summary>A stated value.</summary>
    public static implicit operator Stated<T>(T value) => new(Kind.Value, value);

    /// <summary>What remains of <paramref name="current"/> once this has been said.</summary>
    /// <param name="current">The value known so far.</param>
    /// <returns>The stated value, the default when erased, or <paramref name="current"/>.</returns>
    public T? Over(T? current) => kind switch
    {
        Kind.Value => value,
        Kind.Erased => default,
        _ => current,
    };

    /// <summary>The same statement about a value derived from this one.</summary>
    public Stated<TOther> Select<TOther>(Func<T, TOther> derive) => kind switch
    {
        Kind.Value => derive(value!),
        Kind.Erased => Stated<TOther>.Erased,
        _ => default,
    };

    /// <inheritdoc/>
    public override string ToString() => kind switch
    {
        Kind.Value => $"{value}",
        Kind.Erased => "\"\"",
        _ => string.Empty,
    };
}
