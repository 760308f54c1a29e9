using LLama.Batched;
using LLama.Native;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>
/// One request's place in the batch and in the KV cache. What it has decoded stays there: the next request that begins alike decodes only the rest, and what was revised is
/// rolled back to the last token that still holds.
/// </summary>
internal sealed class Seat(BatchedExecutor batch, bool rollsBack)
{
    private readonly Conversation _conversation = batch.Create();
    private readonly List<LLamaToken> _decoded = [];

    /// <summary>The conversation that sat here last.</summary>
    internal string? Owner { get; private set; }

    /// <summary>Its request; null = free.</summary>
    internal Generation? Request { get; private set; }

    /// <summary>When it was last given away, in requests: the seat that waited longest is given to strangers.</summary>
    internal long Used { get; private set; }

    internal Conversation Conversation => _conversation;

    /// <summary>Tokens at the beginning that need not be decoded again.</summary>
    internal int Shared(ReadOnlySpan<LLamaToken> prompt)
    {
        var shared = 0;
        while (shared < prompt.Length && shared < _decoded.Count && prompt[shared] == _decoded[shared]) shared++;
        // A recurrent model has no state to go back to but the present one.
        return rollsBack || shared == _decoded.Count ? shared : 0;
    }

    /// <summary>Takes a request: keeps the shared beginning, rolls back the rest, queues what is new.</summary>
    internal void Take(Generation request, long used)
    {
        var prompt = request.Prompt;
        // The last token is always decoded, since its answer is what is wanted.
        var keep = Math.Min(Shared(prompt), prompt.Length - 1);
        if (!rollsBack && keep < _decoded.Count) keep = 0;
        if (keep < _decoded.Count)
        {
            _conversation.Modify((end, cache) =>
            {
                cache.Remove(keep, end);
                return keep;
            });
            _decoded.RemoveRange(keep, _decoded.Count - keep);
        }

        (Request, Owner, Used, request.Cached) = (request, request.Owner, used, keep);
        _conversation.Prompt(prompt.AsSpan(keep));
        _decoded.AddRange(prompt.AsSpan(keep));
    }

    internal void Continue(LLamaToken token)
    {
        _conversation.Prompt(token);
        _decoded.Add(token);
    }

    internal void Free() => Request = null;
}
