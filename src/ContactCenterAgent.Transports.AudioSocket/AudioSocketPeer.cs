using System.Net.Sockets;
using System.Runtime.InteropServices;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Transports.AudioSocket.Wire;
using ContactCenterAgent.Transports.Streams;

namespace ContactCenterAgent.Transports.AudioSocket;

/// <summary>One connection of Asterisk's. Asterisk plays what comes and can forget nothing: no more is sent than is due.</summary>
/// <param name="socket">Owned.</param>
/// <param name="sampleRate">8000 or 16000.</param>
/// <param name="putThrough">Puts the call through; null = nobody can.</param>
internal sealed class AudioSocketPeer(Socket socket, int sampleRate, Func<Guid, TransferToPerson, CancellationToken, Task<TransferOutcome>>? putThrough) : IStreamPeer
{
    private const string Keys = "0123456789*#ABCD";

    private readonly byte[] _in = new byte[AudioSocketFrame.HeaderBytes + AudioSocketFrame.PayloadMax];
    private readonly AudioSocketKind _sound = sampleRate == 8_000 ? AudioSocketKind.Slin8 : AudioSocketKind.Slin16;
    private int _length;
    private Guid _id;

    public int SampleRate => sampleRate;

    public int MessageBytes => AudioSocketFrame.HeaderBytes + (sampleRate / 50 * sizeof(short));

    /// <summary>The caller's network takes a channel that sends nothing for a broken one.</summary>
    public bool WantsSilence => true;

    public bool TakesSound => true;

    /// <summary>Reads the first frame.</summary>
    /// <returns>The call's UUID; null = something else came, or nothing.</returns>
    public async ValueTask<Guid?> ReadIdAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = AudioSocketFrame.Read(_in.AsSpan(0, _length), out var frame);
            if (length < 0) return null;
            if (length > 0)
            {
                if (frame.Id is not { } id) return null;
                Consume(length);
                _id = id;
                return id;
            }

            if (!await FillAsync(cancellationToken)) return null;
        }
    }

    public async Task<StreamEnd> ReadAsync(IStreamInput input, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                if (TakeFrames(input) is { } end) return end;
            }
            while (await FillAsync(cancellationToken));
            return _length == 0 ? StreamEnd.HungUp : StreamEnd.Bad("cut");
        }
        catch (SocketException)
        {
            return StreamEnd.Broken;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        while (!message.IsEmpty) message = message[await socket.SendAsync(message, SocketFlags.None, cancellationToken)..];
    }

    public int WriteSound(ReadOnlySpan<short> frame, Span<byte> into) => AudioSocketFrame.WriteSound(_sound, frame, into);

    public int WriteMark(Span<byte> into) => 0;

    public int WriteClear(Span<byte> into) => 0;

    public int WriteGoodbye(Span<byte> into) => AudioSocketFrame.WriteHangUp(into);

    /// <summary>The dialplan has answered before it connects.</summary>
    public ValueTask<bool> AnswerAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask<TransferOutcome?> TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) =>
        putThrough is null ? TransferOutcome.Failed : await putThrough(_id, transfer, cancellationToken);

    public ValueTask CloseAsync(StreamEnd end)
    {
        try
        {
            if (!end.Lost) socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other side was faster.
        }

        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var count = await socket.ReceiveAsync(_in.AsMemory(_length), SocketFlags.None, cancellationToken);
        _length += count;
        return count > 0;
    }

    /// <summary>Takes every whole frame; what is left of the last one stays.</summary>
    private StreamEnd? TakeFrames(IStreamInput input)
    {
        var at = 0;
        while (true)
        {
            var length = AudioSocketFrame.Read(_in.AsSpan(at, _length - at), out var frame);
            if (length < 0) return StreamEnd.Bad("size");
            if (length == 0)
            {
                Consume(at);
                return null;
            }

            if (Take(frame, input) is { } end) return end;
            at += length;
        }
    }

    private StreamEnd? Take(AudioSocketFrame frame, IStreamInput input)
    {
        if (frame.IsSound)
        {
            if (frame.Kind != _sound) return StreamEnd.Bad("rate");
            if (frame.Payload.Length % sizeof(short) != 0) return StreamEnd.Bad("size");
            return input.Heard(MemoryMarshal.Cast<byte, short>(frame.Payload)) ? null : StreamEnd.Flooded;
        }

        switch (frame.Kind)
        {
            case AudioSocketKind.HangUp:
                return StreamEnd.HungUp;
            case AudioSocketKind.Error:
                return new($"asterisk.error_{(frame.Payload.IsEmpty ? 0 : frame.Payload[0]):x2}", Lost: true);
            case AudioSocketKind.Id:
                return StreamEnd.Bad("order");
            case AudioSocketKind.Digit:
                if (frame.Payload.Length != 1) return StreamEnd.Bad("size");
                var key = char.ToUpperInvariant((char)frame.Payload[0]);
                if (Keys.Contains(key, StringComparison.Ordinal)) input.Pressed(key);
                return null;
            default:
                // A kind of a newer Asterisk: its length tells where the next frame is.
                return null;
        }
    }

    private void Consume(int count)
    {
        _in.AsSpan(count, _length - count).CopyTo(_in);
        _length -= count;
    }
}
