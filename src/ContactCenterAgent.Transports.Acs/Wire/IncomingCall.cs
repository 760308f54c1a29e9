using ContactCenterAgent.Core;

namespace ContactCenterAgent.Transports.Acs.Wire;

/// <summary>A call that rings (Microsoft documentation, "Azure Communication Services - Voice and video calling events").</summary>
/// <param name="Context">Answers the call, once; a secret.</param>
/// <param name="Caller">The caller's raw id.</param>
/// <param name="Number">E.164; null = withheld, or no telephone.</param>
/// <param name="Correlation">Joins all that is told of the call, with the one who is called.</param>
internal sealed record IncomingCall(Pii<string> Context, Pii<string> Caller, Pii<string>? Number, string Correlation)
{
    /// <summary>The event's type.</summary>
    public const string Type = "Microsoft.Communication.IncomingCall";

    /// <summary>Reads the event.</summary>
    /// <returns>Null: it lacks what is needed.</returns>
    public static IncomingCall? Read(AcsEvent happened)
    {
        if (happened.Text("incomingCallContext") is not { Length: > 0 } context || happened.Text("correlationId") is not { Length: > 0 } correlation) return null;
        var caller = happened.Text("from", "rawId") ?? "";
        // The kind of an identifier is spelled in three ways; the beginning of a raw id in one.
        var number = caller.StartsWith("4:", StringComparison.Ordinal) ? caller[2..] : happened.Text("from", "phoneNumber", "value");
        return new(Pii.Of(context), Pii.Of(caller), IsNumber(number) ? Pii.Of(number!) : null, $"{correlation} {happened.Text("to", "rawId")}");
    }

    private static bool IsNumber(string? text) => text is ['+', ..] && text.Length is >= 3 and <= 16 && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');
}
