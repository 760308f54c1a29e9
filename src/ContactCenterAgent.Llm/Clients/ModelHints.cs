using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Clients;

/// <summary>
/// What our own clients may know of a request beside the common options: whose call it is for, and how much of it will come again. Other clients might send
/// what they do not know to their server, so they are told nothing: a client that understands gives an instance of this as a service.
/// </summary>
internal sealed class ModelHints
{
    /// <summary><see cref="string"/>: the call. Servers keep prefixes by it.</summary>
    internal const string Call = "contactcenter.call";

    /// <summary><see cref="int"/>: so many messages will begin the next request as well; the rest is of this request only.</summary>
    internal const string Stable = "contactcenter.stable";

    internal static readonly ModelHints Instance = new();

    internal static void Set(IChatClient client, ChatOptions options, string call, int stable)
    {
        if (client.GetService<ModelHints>() is null) return;
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[Call] = call;
        options.AdditionalProperties[Stable] = stable;
    }

    internal static bool IsHint(string name) => name is Call or Stable;
}
