using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ContactCenterAgent.Core;

/// <summary>Checks for our own mistakes. They stay on in Release: a call that broke a law must not go on.</summary>
public static class Invariant
{
    /// <summary>Throws unless <paramref name="holds"/>.</summary>
    /// <exception cref="InvariantException">The condition does not hold.</exception>
    public static void That([DoesNotReturnIf(false)] bool holds, string? because = null, [CallerArgumentExpression(nameof(holds))] string? condition = null)
    {
        if (!holds) throw new InvariantException(because is null ? condition! : $"{because} ({condition})");
    }
}

/// <summary>A law was broken by our own code. It ends one call, never the process.</summary>
public sealed class InvariantException(string message) : InvalidOperationException(message);
