using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech.Playing;

/// <summary>Has prompts spoken one after the other, a sentence at a time, ahead of the ear.</summary>
internal sealed partial class Speaker : IDisposable
{
    private const int WaitingMax = 64;

    /// <summary>One utterance may fail by itself.</summary>
    private const int LostAfter = 2;

    private readonly ITextToSpeech _voice;
    private readonly Playout _playout;
    private readonly Func<CancellationToken, ValueTask> _lost;
    private readonly Resampler? _resampler;
    private readonly ILogger _log;
    private readonly Channel<(Utterance Utterance, int Epoch)> _waiting = Channel.CreateBounded<(Utterance, int)>(WaitingMax);
    private readonly Lock _gate = new();
    private CancellationTokenSource _present = new();
    private int _failures;

    /// <param name="voice">Speaks.</param>
    /// <param name="sampleRate">Of the line.</param>
    /// <param name="playout">Takes the samples.</param>
    /// <param name="lost">Told, once, when the voice has failed for one utterance after the other.</param>
    /// <param name="log">Of the line.</param>
    public Speaker(ITextToSpeech voice, int sampleRate, Playout playout, Func<CancellationToken, ValueTask> lost, ILogger log)
    {
        (_voice, _playout, _lost, _log) = (voice, playout, lost, log);
        if (voice.SampleRate != sampleRate) _resampler = new(voice.SampleRate, sampleRate);
    }

    /// <summary>Queues an utterance; waits when 64 wait already.</summary>
    public ValueTask SayAsync(Utterance utterance, CancellationToken cancellationToken) =>
        _waiting.Writer.WriteAsync((utterance, _playout.Open(utterance)), cancellationToken);

    /// <summary>Stops the sound and whatever is being made.</summary>
    public void Stop()
    {
        CancellationTokenSource stopped;
        lock (_gate)
        {
            (stopped, _present) = (_present, new());
            _playout.Stop();
        }

        stopped.Cancel();
        stopped.Dispose();
    }

    /// <summary>Speaks until the token.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
            while (_waiting.Reader.TryRead(out var next)) await SpeakAsync(next.Utterance, next.Epoch, cancellationToken);
    }

    public void Dispose() => _present.Dispose();

    private async Task SpeakAsync(Utterance utterance, int epoch, CancellationToken cancellationToken)
    {
        using var either = Link(epoch, cancellationToken);
        if (either is null) return;
        var said = 0;
        try
        {
            foreach (var range in Sentences.Of(utterance.Text))
            {
                var (start, length) = range.GetOffsetAndLength(utterance.Text.Length);
                await foreach (var piece in _voice.SpeakAsync(utterance.Text[range].TrimEnd(), either.Token))
                {
                    said = start + Math.Min(piece.Characters, length);
                    await _playout.WriteAsync(epoch, utterance, AtLineRate(piece.Samples), said, either.Token);
                }

                said = start + length;
            }

            _failures = 0;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever a voice throws, the prompt ends where it was, and the call goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFailed(fault.GetType().Name, said, utterance.Text.Length);
            _failures++;
        }

        _playout.End(epoch, utterance, said);
        if (_failures == LostAfter) await _lost(cancellationToken);
    }

    /// <returns>Null: it has been stopped already.</returns>
    private CancellationTokenSource? Link(int epoch, CancellationToken cancellationToken)
    {
        lock (_gate) return epoch == _playout.Epoch ? CancellationTokenSource.CreateLinkedTokenSource(_present.Token, cancellationToken) : null;
    }

    private ReadOnlyMemory<short> AtLineRate(ReadOnlyMemory<short> samples)
    {
        if (_resampler is null) return samples;
        var room = new short[_resampler.OutputMax(samples.Length)];
        return room.AsMemory(0, _resampler.Resample(samples.Span, room));
    }

    [LoggerMessage(500, LogLevel.Error, "voice.failed: {Fault}, {Said} of {Characters} characters were said")]
    private partial void LogFailed(string fault, int said, int characters);
}
