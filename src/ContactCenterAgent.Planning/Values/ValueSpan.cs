using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Values;

/// <summary>A value found in the words.</summary>
/// <param name="From">First token.</param>
/// <param name="To">First token after it.</param>
/// <param name="Type">What it is; a <see cref="ParameterType.Date"/> also serves wherever a range of days is wanted, a <see cref="ParameterType.Time"/> a range of times.</param>
/// <param name="Canonical">The value in its type's canonical form. An incomplete value holds what was said of it so far.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Complete">False while the value is still being said ("half past", seven digits of a phone number).</param>
internal readonly record struct ValueSpan(int From, int To, ParameterType Type, string Canonical, double Confidence, bool Complete = true)
{
    /// <summary>Index of the slot kind for values that depend on a parameter (choices, references); -1 otherwise.</summary>
    public int Kind { get; init; } = -1;

    /// <summary>Only a bare number: worth something only where such a value is expected.</summary>
    public bool Bare { get; init; }

    /// <summary>A time whose half of the day was not said and is open: seven to eleven. The canonical form is the morning's.</summary>
    public bool EitherHalf { get; init; }

    public int Length => To - From;

    public bool Overlaps(ValueSpan other) => From < other.To && other.From < To;

    public override string ToString() => $"{Type} [{From},{To})";
}
