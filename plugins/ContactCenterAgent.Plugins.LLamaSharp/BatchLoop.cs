using System.Text;
using System.Threading.Channels;
using LLama;
using LLama.Batched;
using LLama.Native;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>
/// Decodes for all requests at once: each round takes new requests into free seats, runs one batch with a piece of every request in it, and draws one token for each that is
/// ready. Everything native happens here, one round at a time.
/// </summary>
internal sealed class BatchLoop : IAsyncDisposable
{
    private readonly LoadedModel _model;
    private readonly Channel<Generation> _arriving;
    private readonly LLamaOptions _options;
    private readonly Func<BatchedExecutor, Task<DecodeResult>> _infer;
    private readonly Dictionary<Seat, StreamingTokenDecoder> _decoders = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly int _waitingMax;
    private Seat[] _seats = [];
    private long _used;
    private int _waiting;

    /// <param name="model">Owned from here on.</param>
    /// <param name="options">Seats and queue.</param>
    /// <param name="infer">Decodes the next batch.</param>
    internal BatchLoop(LoadedModel model, LLamaOptions options, Func<BatchedExecutor, Task<DecodeResult>> infer)
    {
        (_model, _options, _infer, Stopped) = (model, options, infer, _stop.Token);
        _waitingMax = options.WaitingMax + options.Seats;
        _arriving = Channel.CreateUnbounded<Generation>(new() { SingleReader = true });
        Furnish();
        _loop = RunAsync();
    }

    /// <summary>Fires with <see cref="Stop"/>, and may be asked after the end.</summary>
    internal CancellationToken Stopped { get; }

    /// <summary>Requests that wait or are being answered.</summary>
    internal int Load => Volatile.Read(ref _waiting);

    /// <summary>Batches decoded so far.</summary>
    internal int Rounds { get; private set; }

    /// <exception cref="LLamaModelException"><c>model.busy</c>: every seat is taken and the queue is full.</exception>
    internal void Add(Generation request)
    {
        if (Interlocked.Increment(ref _waiting) > _waitingMax || !_arriving.Writer.TryWrite(request))
        {
            Interlocked.Decrement(ref _waiting);
            throw new LLamaModelException("model.busy", "Every seat is taken and the queue is full.");
        }
    }

    /// <summary>Ends the loop after the round under way; requests in it end as cancelled.</summary>
    internal void Stop()
    {
        if (_arriving.Writer.TryComplete()) _stop.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _loop;
        _stop.Dispose();
    }

    private void Furnish() =>
        _seats = [.. Enumerable.Range(0, _options.Seats).Select(_ => new Seat(_model.Batch, !_model.Weights.NativeHandle.IsRecurrent))];

    private async Task RunAsync()
    {
        // Off the caller's thread for good: a round blocks for as long as a batch takes.
        await Task.Yield();
        var waiting = new LinkedList<Generation>();
        while (!_stop.IsCancellationRequested)
        {
            if (waiting.Count == 0 && Busy().Count == 0 && !await ArrivesAsync()) break;
            while (_arriving.Reader.TryRead(out var request)) waiting.AddLast(request);
            Seat(waiting);
            await RoundAsync();
        }

        foreach (var seat in Busy()) End(seat, new OperationCanceledException());
        foreach (var request in waiting) Leave(request, new OperationCanceledException());
        while (_arriving.Reader.TryRead(out var request)) Leave(request, new OperationCanceledException());
        _model.Dispose();
    }

    private async Task<bool> ArrivesAsync()
    {
        try
        {
            return await _arriving.Reader.WaitToReadAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private List<Seat> Busy() => [.. _seats.Where(seat => seat.Request is not null)];

    // The seat that shares most is the best one; between equals the conversation's own, then the one that waited longest.
    private void Seat(LinkedList<Generation> waiting)
    {
        while (waiting.First is { } first)
        {
            var request = first.Value;
            if (request.IsCancelled)
            {
                waiting.RemoveFirst();
                Leave(request, new OperationCanceledException());
                continue;
            }

            var seat = _seats.Where(s => s.Request is null && !s.Conversation.RequiresInference)
                .OrderByDescending(s => s.Shared(request.Prompt)).ThenByDescending(s => s.Owner == request.Owner).ThenBy(s => s.Used).FirstOrDefault();
            if (seat is null) return;
            waiting.RemoveFirst();
            seat.Take(request, ++_used);
            _decoders[seat] = new(Encoding.UTF8, _model.Weights);
        }
    }

    private async Task RoundAsync()
    {
        Rounds++;
        try
        {
            var result = await _infer(_model.Batch);
            if (result != DecodeResult.Ok) throw new LLamaModelException("model.broken", $"A batch could not be decoded: {result}.");
        }
#pragma warning disable CA1031 // A failed batch fails the requests in it; the model stays.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            foreach (var seat in Busy()) End(seat, fault);
            _model.Renew();
            _decoders.Clear();
            Furnish();
            return;
        }

        foreach (var seat in Busy())
            if (seat.Conversation.RequiresSampling) DrawCaught(seat);
    }

    private void DrawCaught(Seat seat)
    {
        try
        {
            Draw(seat);
        }
#pragma warning disable CA1031 // What goes wrong with one request ends that one.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (seat.Request is not null) End(seat, fault);
        }
    }

    private void Draw(Seat seat)
    {
        var request = seat.Request!;
        if (request.IsCancelled)
        {
            End(seat, new OperationCanceledException());
            return;
        }

        var context = _model.Batch.Context;
        var token = request.Sampler.Sample(context.NativeHandle, seat.Conversation.GetSampleIndex());
        if (token.IsEndOfGeneration(_model.Weights.Vocab))
        {
            End(seat, null);
            return;
        }

        var decoder = _decoders[seat];
        decoder.Add(token);
        if (request.Write(decoder.Read())) seat.Continue(token);
        else End(seat, null);
    }

    private void End(Seat seat, Exception? fault)
    {
        var request = seat.Request!;
        seat.Free();
        Leave(request, fault);
    }

    private void Leave(Generation request, Exception? fault)
    {
        Interlocked.Decrement(ref _waiting);
        request.End(fault);
        request.Dispose();
    }
}
