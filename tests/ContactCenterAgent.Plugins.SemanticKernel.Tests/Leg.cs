using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

/// <summary>A leg that writes down what it was told.</summary>
internal sealed class Leg : ICallTransport
{
    public List<string> Did { get; } = [];

    public string Line => "desk";

    public Pii<string>? CallerNumber => null;

    public Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask AnswerAsync(CancellationToken cancellationToken) => Do("answer");

    public ValueTask SayAsync(Say prompt, CancellationToken cancellationToken) => Do("say");

    public ValueTask StopPlaybackAsync(CancellationToken cancellationToken) => Do("stop");

    public ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) => Do($"transfer {transfer.Reason}");

    public ValueTask HangUpAsync(CancellationToken cancellationToken) => Do("hang up");

    public ValueTask DisposeAsync() => default;

    private ValueTask Do(string what)
    {
        Did.Add(what);
        return default;
    }
}
