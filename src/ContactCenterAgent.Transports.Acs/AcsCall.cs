using System.Net.WebSockets;
using System.Threading.Channels;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Transports.Acs.Wire;
using ContactCenterAgent.Transports.Streams;
using ContactCenterAgent.Transports.WebSockets;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>
/// One call: what Azure tells in callbacks, in any order and more than once, and its media socket, which may be lost and come back. Azure plays what it is sent in order and tells
/// nothing of how far it has come: no more is sent than is due.
/// </summary>
/// <param name="line">Owns the call's settings and commands.</param>
/// <param name="incoming">The call as it rang.</param>
/// <param name="key">The call's part of the URLs that Azure is given.</param>
internal sealed class AcsCall(AcsLine line, IncomingCall incoming, string key) : IStreamPeer
{
    /// <summary>The rate of the agent's side.</summary>
    public const int Rate = 16_000;

    private const int WordsMax = 256;
    private const int EventsMax = 1_000;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<StreamEnd> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<CallEvent> _words = Channel.CreateBounded<CallEvent>(new BoundedChannelOptions(WordsMax) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly SeenIds _told = new(EventsMax);
    private readonly short[] _resampled = new short[4_096];
    private readonly short[] _outgoing = new short[1_024];
    private IStreamInput? _input;
    private PeerSocket? _media;
    private Resampler? _toAgent;
    private Resampler? _toCaller;
    private string? _connection;
    private bool _connected;
    private bool _opened;
    private bool _transferring;
    private bool _disconnected;
    private long _heardSamples;

    public string Key => key;

    public int SampleRate => Rate;

    public int MessageBytes => MediaWriter.MessageBytes;

    public bool WantsSilence => false;

    public bool TakesSound
    {
        get
        {
            lock (_gate) return _media is not null;
        }
    }

    /// <summary>What Azure's recogniser hears; ends with the call.</summary>
    public ChannelReader<CallEvent> Words => _words.Reader;

    public async Task<StreamEnd> ReadAsync(IStreamInput input, CancellationToken cancellationToken)
    {
        lock (_gate) _input = input;
        OpenIfReady();
        return await _over.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Azure's refusal is the end of the call.</summary>
    public async ValueTask<bool> AnswerAsync(CancellationToken cancellationToken)
    {
#pragma warning disable CA1031 // Whatever a client library throws, the call is not answered.
        try
        {
            var connection = (await line.Commands.AnswerAsync(line.AnswerTo(incoming, key), cancellationToken)).Connection;
            lock (_gate) _connection = connection;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            line.LogRefusal("answer", fault);
            _over.TrySetResult(new("acs.answer_failed", Lost: true));
        }
#pragma warning restore CA1031

        return false;
    }

    public async ValueTask<TransferOutcome?> TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        string? connection;
        lock (_gate) (connection, _transferring) = (_connection, true);
        if (connection is not null && line.Options.TransferTo.Length > 0 && await AskAsync("transfer", line.Commands.TransferAsync(connection, line.TransferTarget, cancellationToken))) return null;
        lock (_gate) _transferring = false;
        return TransferOutcome.Failed;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        PeerSocket? media;
        lock (_gate) media = _media;
        if (media is null) return;
        try
        {
            await media.SendAsync(message, WebSocketMessageType.Text, cancellationToken);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Azure opens another socket, or tells that the call is over.
            Unbind(media);
        }
    }

    public int WriteSound(ReadOnlySpan<short> frame, Span<byte> into)
    {
        if (_toCaller is null) return MediaWriter.Sound(frame, into);
        return MediaWriter.Sound(_outgoing.AsSpan(0, _toCaller.Resample(frame, _outgoing)), into);
    }

    public int WriteMark(Span<byte> into) => 0;

    public int WriteClear(Span<byte> into) => MediaWriter.StopAudio(into);

    public int WriteGoodbye(Span<byte> into) => 0;

    /// <summary>Ends the call with Azure, unless it was Azure that told its end.</summary>
    public async ValueTask CloseAsync(StreamEnd end)
    {
        PeerSocket? media;
        string? connection;
        bool disconnected;
        lock (_gate) (media, connection, disconnected) = (_media, _connection, _disconnected);
        _words.Writer.TryComplete();
        _over.TrySetResult(end);
        if (!disconnected) await AskAsync("end", connection is null ? line.Commands.RejectAsync(incoming.Context, CancellationToken.None) : line.Commands.HangUpAsync(connection, forEveryone: true, CancellationToken.None));
        if (media is not null) await media.CloseAsync(end);
    }

    /// <summary>Takes a callback.</summary>
    public void Happened(AcsEvent happened)
    {
        IStreamInput? input = null;
        lock (_gate)
        {
            if (!_told.Add(happened.Id)) return;
            if (_connection is not null && happened.Text("callConnectionId") is { } connection && connection != _connection) return;
            if (happened.Type.StartsWith("Microsoft.Communication.CallTransfer", StringComparison.Ordinal) && _transferring) (input, _transferring) = (_input, false);
            // A caller who has been transferred is in a call of their own: to end this one for everyone is Azure's business.
            if (happened.Type is "Microsoft.Communication.CallDisconnected" or "Microsoft.Communication.CallTransferAccepted") _disconnected = true;
            if (happened.Type == "Microsoft.Communication.CallConnected") _connected = true;
        }

        var (code, subCode) = (happened.Number("resultInformation", "code"), happened.Number("resultInformation", "subCode"));
        switch (happened.Type)
        {
            case "Microsoft.Communication.CallConnected":
                OpenIfReady();
                break;
            case "Microsoft.Communication.CallDisconnected":
                _over.TrySetResult(code < 400 ? StreamEnd.HungUp : new($"acs.disconnected_{code}_{subCode}", Lost: true));
                break;
            case "Microsoft.Communication.AnswerFailed":
            case "Microsoft.Communication.MediaStreamingFailed":
                _over.TrySetResult(new($"acs.{(happened.Type.EndsWith("AnswerFailed", StringComparison.Ordinal) ? "answer" : "media")}_failed_{code}_{subCode}", Lost: true));
                break;
            case "Microsoft.Communication.CallTransferAccepted":
                input?.Transferred(TransferOutcome.Answered);
                break;
            case "Microsoft.Communication.CallTransferFailed":
                input?.Transferred(code switch { 486 or 600 or 603 => TransferOutcome.Declined, 408 or 480 or 487 => TransferOutcome.NoAnswer, _ => TransferOutcome.Failed });
                break;
        }
    }

    /// <summary>Serves a media socket to its end.</summary>
    public async Task ServeAsync(PeerSocket socket, CancellationToken cancellationToken)
    {
        var frame = new MediaFrame();
        var frameBytes = 0;
        while (true)
        {
            var read = await socket.ReadAsync(cancellationToken);
            var failure = read.Kind switch
            {
                SocketMessageKind.Text => frame.Read(read.Bytes.Span),
                SocketMessageKind.Binary => "encoding",
                SocketMessageKind.TooLong => "size",
                _ => null,
            };
            if (failure is null && read.Kind == SocketMessageKind.Text) failure = Take(frame, read.Bytes, socket, ref frameBytes);
            if (failure is not null)
            {
                var end = StreamEnd.Bad(failure);
                _over.TrySetResult(end);
                await socket.CloseAsync(end);
                return;
            }

            if (read.Kind == SocketMessageKind.Text) continue;

            // Its end is no end of the call: that comes as a callback, or another socket does.
            Unbind(socket);
            await socket.CloseAsync(StreamEnd.HungUp);
            return;
        }
    }

    private string? Take(MediaFrame frame, ReadOnlyMemory<byte> message, PeerSocket socket, ref int frameBytes)
    {
        switch (frame.Kind)
        {
            case MediaKind.AudioMetadata:
                if (!string.Equals(frame.Encoding, "PCM", StringComparison.OrdinalIgnoreCase)) return "encoding";
                if (frame.SampleRate != line.Options.SampleRate) return "rate";
                if (frame.Channels != 1) return "channels";
                frameBytes = frame.Length > 0 ? frame.Length : frame.SampleRate / 50 * sizeof(short);
                Bind(socket, frame.SampleRate);
                return null;
            case MediaKind.AudioData:
                if (frameBytes == 0) return "order";
                if (frame.Sound.Length * sizeof(short) != frameBytes) return "size";
                return frame.Participant.Length == 0 || frame.Participant == incoming.Caller.Value ? Hear(frame.Sound) : null;
            case MediaKind.DtmfData:
                if ("0123456789*#ABCD".Contains(frame.Key, StringComparison.Ordinal)) _input?.Pressed(frame.Key);
                return null;
            case MediaKind.TranscriptionData:
                if (TranscriptionFrame.Read(message, TimeSpan.FromSeconds((double)Volatile.Read(ref _heardSamples) / Rate)) is { } words) _words.Writer.TryWrite(words);
                return null;
            default:
                return null;
        }
    }

    private string? Hear(ReadOnlySpan<short> sound)
    {
        if (_toAgent is not null) sound = _resampled.AsSpan(0, _toAgent.Resample(sound, _resampled));
        Volatile.Write(ref _heardSamples, _heardSamples + sound.Length);
        if (_input is { } input && !input.Heard(sound)) _over.TrySetResult(StreamEnd.Flooded);
        return null;
    }

    private void Bind(PeerSocket socket, int rate)
    {
        lock (_gate)
        {
            _media = socket;
            if (rate != Rate && _toAgent is null) (_toAgent, _toCaller) = (new(rate, Rate), new(Rate, rate));
        }

        OpenIfReady();
    }

    private void Unbind(PeerSocket socket)
    {
        lock (_gate) if (_media == socket) _media = null;
    }

    /// <summary>The callback and the socket come in any order.</summary>
    private void OpenIfReady()
    {
        IStreamInput? input;
        lock (_gate)
        {
            if (_opened || !_connected || _media is null || _input is null) return;
            (_opened, input) = (true, _input);
        }

        input.Opened();
    }

    private async Task<bool> AskAsync(string what, Task command)
    {
#pragma warning disable CA1031 // Whatever a client library throws, the command was not accepted.
        try
        {
            await command;
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            line.LogRefusal(what, fault);
            return false;
        }
#pragma warning restore CA1031
    }
}
