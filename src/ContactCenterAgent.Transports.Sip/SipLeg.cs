using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Sip.Media;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip;

/// <summary>A caller on a SIP line.</summary>
internal sealed class SipLeg : IAudioLeg, IRtpLegEvents
{
    private const int EventsMax = 256;

    private readonly SipLine _line;
    private readonly SipSession _session;
    private readonly DigitFilter _digits = new();
    private readonly long _origin;
    private readonly Channel<CallEvent> _events = Channel.CreateBounded<CallEvent>(new BoundedChannelOptions(EventsMax) { SingleReader = true });
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RtpSockets? _sockets;
    private MediaClock? _clock;
    private IAudioEnd? _audio;
    private bool _confirmed;
    private bool _transferring;

    internal SipLeg(SipLine line, SipSession session)
    {
        (_line, _session, _origin) = (line, session, line.Time.GetTimestamp());
        CallerNumber = CallerOf(session.Invite!) is { } number ? Pii.Of(number) : null;
    }

    /// <inheritdoc/>
    public string Line => _line.Name;

    /// <inheritdoc/>
    public Pii<string>? CallerNumber { get; }

    /// <inheritdoc/>
    public int SampleRate => 8_000;

    /// <summary>The call's sound; null before the answer.</summary>
    internal RtpLeg? Sound { get; private set; }

    /// <inheritdoc/>
    public async Task RunAsync(IAudioEnd audio, ICallEventSink sink, CancellationToken cancellationToken)
    {
        _line.Do(_ =>
        {
            _audio = audio;
            OpenSound();
        });
        try
        {
            while (await _events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_events.Reader.TryRead(out var happened)) await sink.WriteAsync(happened, cancellationToken);
            }

            await sink.WriteAsync(new LineClosed(default, await _over.Task), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _line.Do(_ => _session.HangUp());
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        _line.Do(_ => Answer());
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing waits on the way: sound is taken when it is due, not before.</summary>
    public ValueTask ClearAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        _line.Do(_ =>
        {
            if (_over.Task.IsCompleted) return;
            _transferring = true;
            if (SipUri.Parse(_line.Options.TransferTo) is { } target) _session.Transfer(target);
            else Transferred(new(SipTransferOutcome.Failed, 0));
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the leg. One that nobody has taken is told to come back later: whoever hangs it up has no room for it.</summary>
    public ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        _line.Do(stack =>
        {
            if (_audio is null) _session.Refuse(503, "Service Unavailable", stack.Options.RetryAfterSeconds);
            _session.HangUp();
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => HangUpAsync(CancellationToken.None);

    /// <summary>From the clock's thread.</summary>
    void IRtpLegEvents.Pressed(char key) => Pressed(key, DigitWay.Rtp);

    /// <summary>From the clock's thread.</summary>
    void IRtpLegEvents.SoundLost() => _line.Do(_ => _session.HangUp(SipEnd.Lost));

    /// <summary>A key counts once, however often it was told. Keys beyond what waits are dropped: nobody presses that fast.</summary>
    internal void Pressed(char key, DigitWay way)
    {
        if (_digits.IsNew(key, way, _line.Time.GetElapsedTime(_origin))) _events.Writer.TryWrite(new DigitPressed(default, Pii.Of(key)));
    }

    internal void Agree(AgreedMedia media)
    {
        if (Sound is null) return;
        Sound.Agree(media);
        if (_clock is not null) return;
        _clock = _line.NextClock();
        _clock.Add(Sound);
    }

    internal void Confirmed()
    {
        _confirmed = true;
        OpenSound();
    }

    internal void Transferred(SipTransferResult result)
    {
        if (!_transferring) return;
        _transferring = false;
        _events.Writer.TryWrite(new TransferEnded(default, result.Outcome switch
        {
            SipTransferOutcome.Answered => TransferOutcome.Answered,
            SipTransferOutcome.NoAnswer => TransferOutcome.NoAnswer,
            SipTransferOutcome.Busy or SipTransferOutcome.Declined => TransferOutcome.Declined,
            _ => TransferOutcome.Failed,
        }));
    }

    /// <summary>The session is over: the sound stops here and now, and its ports go back.</summary>
    internal void Ended(SipEnd end)
    {
        if (Sound is not null)
        {
            _clock?.Remove(Sound);
            Sound.Close();
            _line.Ports.GiveBack(_sockets!);
        }

        _over.TrySetResult(end == SipEnd.Lost);
        _events.Writer.TryComplete();
    }

    private void Answer()
    {
        if (_session.IsOver || Sound is not null) return;
        if (_line.Ports.Take() is not { } sockets)
        {
            _line.LogNoPort(Line, _line.Options.RtpPortFirst, _line.Options.RtpPortLast);
            _session.Refuse(503, "Service Unavailable", 10);
            return;
        }

        _sockets = sockets;
        Sound = new(sockets, this, _line.Options.SoundLostAfter, _line.Time);
        _session.Answer(_line.Local(sockets.Port));
    }

    /// <summary>The line can play once somebody listens on our side and the caller knows of our answer.</summary>
    private void OpenSound()
    {
        if (_audio is null || !_confirmed || Sound is null || _over.Task.IsCompleted) return;
        Sound.Open(_audio);
        _events.Writer.TryWrite(new LineOpened(default));
    }

    /// <summary>A telephone number, if that is what From shows; anything else is a name that a caller has given itself.</summary>
    private static string? CallerOf(SipRequest invite)
    {
        var user = invite.From.Uri?.PlainUser ?? "";
        var digits = user.AsSpan(user.StartsWith('+') ? 1 : 0);
        return digits.Length is >= 2 and <= 20 && !digits.ContainsAnyExceptInRange('0', '9') ? user : null;
    }
}
