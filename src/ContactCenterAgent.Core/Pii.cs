namespace ContactCenterAgent.Core;

/// <summary>
/// A value about a person: a number, a name, words, digits, an argument. It prints as <c>[redacted]</c>, so that it cannot reach a log by
/// accident; whoever may see it asks for <see cref="Value"/> by name.
/// </summary>
/// <typeparam name="T">Any type.</typeparam>
/// <param name="Value">The value itself.</param>
public readonly record struct Pii<T>(T Value)
{
    /// <summary>Always <c>[redacted]</c>.</summary>
    public override string ToString() => "[redacted]";
}

/// <summary>Makes <see cref="Pii{T}"/> without naming its type.</summary>
public static class Pii
{
    /// <summary>Wraps a value about a person.</summary>
    public static Pii<T> Of<T>(T value) => new(value);
}
