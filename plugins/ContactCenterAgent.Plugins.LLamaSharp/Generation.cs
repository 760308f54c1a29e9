using System.Threading.Channels;
using LLama.Native;
using LLama.Sampling;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>One request on its way: its prompt, how its tokens are drawn, and the channel that its words go into.</summary>
internal sealed class Generation(string? owner, LLamaToken[] prompt, ISamplingPipeline sampler, int outputMax, CancellationToken cancellationToken) : IDisposable
{
    private readonly Channel<string> _words = Channel.CreateUnbounded<string>(new() { SingleReader = true, SingleWriter = true });

    internal string? Owner => owner;

    internal LLamaToken[] Prompt => prompt;

    internal ISamplingPipeline Sampler => sampler;

    internal bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>Tokens of the prompt that were in the cache.</summary>
    internal int Cached { get; set; }

    internal int Output { get; private set; }

    internal bool ReachedLimit { get; private set; }

    internal IAsyncEnumerable<string> Words => _words.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Takes a token's text. No more than the limit is written, so the channel is bounded by it.</summary>
    /// <returns>Whether more is wanted.</returns>
    internal bool Write(string text)
    {
        if (text.Length > 0) _words.Writer.TryWrite(text);
        ReachedLimit = ++Output >= outputMax;
        return !ReachedLimit;
    }

    internal void End(Exception? fault = null) => _words.Writer.TryComplete(fault);

    public void Dispose() => (sampler as IDisposable)?.Dispose();
}
