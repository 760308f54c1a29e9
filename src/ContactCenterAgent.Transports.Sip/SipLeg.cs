using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Transports.Sip.Media;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip;

/// <summary>A caller on a SIP line.</summary>
internal sealed class SipLeg : IAudioLeg
{
    private const int EventsMax = 256;

    private readonly SipLine _line;
    private readonly DigitFilter _digits = new();
    private readonly long _origin;
    private readonly Channel<CallEvent> _events = Channel.CreateBounded<CallEvent>(new BoundedChannelOptions(EventsMax) { SingleReader = true });
    private readonly Channel<SipSession> _answered = Channel.CreateBounded<SipSession>(1);
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SipParty _caller;
    private SipParty? _newcomer;
    private SipParty? _asked;
    private Func<CancellationToken, ValueTask> _handingOver = _ => ValueTask.CompletedTask;
    private IAudioEnd? _audio;
    private bool _opened;
    private bool _transferring;

    internal SipLeg(SipLine line, SipSession session)
    {
        (_line, _origin) = (line, line.Time.GetTimestamp());
        SampleRate = session.IsWide ? G722Encoder.SampleRate : G711.SampleRate;
        _caller = new(line, this, session, SampleRate);
        CallerNumber = CallerOf(session.Invite!) is { } number ? Pii.Of(number) : null;
    }

    /// <inheritdoc/>
    public string Line => _line.Name;

    /// <inheritdoc/>
    public Pii<string>? CallerNumber { get; }

    /// <inheritdoc/>
    public int SampleRate { get; }

    /// <summary>The call's sound; null before the answer.</summary>
    internal RtpLeg? Sound => _caller.Sound;

    /// <inheritdoc/>
    public async Task RunAsync(IAudioEnd audio, ICallEventSink sink, CancellationToken cancellationToken)
    {
        _line.Do(_ =>
        {
            _audio = audio;
            OpenSound();
        });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var handingOver = HandOverAsync(over.Token);
        try
        {
            while (await _events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_events.Reader.TryRead(out var happened)) await sink.WriteAsync(happened, cancellationToken);
            }

            over.Cancel();
            await sink.WriteAsync(new LineClosed(default, await _over.Task), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _line.Do(_ => HangUp());
            throw;
        }
        finally
        {
            over.Cancel();
            await handingOver;
        }
    }

    /// <inheritdoc/>
    public ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        _line.Do(_ => _caller.Answer());
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing waits on the way: sound is taken when it is due, not before.</summary>
    public ValueTask ClearAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) => TransferAsync(transfer, _ => ValueTask.CompletedTask, cancellationToken);

    /// <inheritdoc/>
    public ValueTask TransferAsync(TransferToPerson transfer, Func<CancellationToken, ValueTask> handingOver, CancellationToken cancellationToken)
    {
        _line.Do(_ =>
        {
            if (_over.Task.IsCompleted) return;
            _transferring = true;
            _handingOver = handingOver;
            if (SipUri.Parse(_line.Options.TransferTo) is not { } target) Transferred(new(SipTransferOutcome.Failed, 0));
            else if (_line.Options.Transfer == SipTransferWay.Blind) _caller.Session.Transfer(target);
            else Ask(target);
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the leg. One that nobody has taken is told to come back later: whoever hangs it up has no room for it.</summary>
    public ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        _line.Do(stack =>
        {
            if (_audio is null) _caller.Session.Refuse(503, "Service Unavailable", stack.Options.RetryAfterSeconds);
            HangUp();
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => HangUpAsync(CancellationToken.None);

    /// <summary>A key counts once, however often it was told. Keys beyond what waits are dropped: nobody presses that fast.</summary>
    internal void Pressed(char key, DigitWay way)
    {
        if (_digits.IsNew(key, way, _line.Time.GetElapsedTime(_origin))) _events.Writer.TryWrite(new DigitPressed(default, Pii.Of(key)));
    }

    /// <summary>A key that was told by INFO.</summary>
    internal void Pressed(SipSession session, char key)
    {
        if (session == _caller.Session) Pressed(key, DigitWay.Info);
    }

    internal void Agree(SipSession session, AgreedMedia media) => PartyOf(session)?.Agree(media);

    internal void Confirmed(SipSession session)
    {
        if (PartyOf(session) is not { } party) return;
        party.IsConfirmed = true;
        if (party == _newcomer) TakeNewcomer();
        else OpenSound();
    }

    /// <summary>Another call is to take the place of the caller's (RFC 3891). Until its answer is acknowledged the caller stays.</summary>
    internal void Replace(SipSession session)
    {
        session.Owner = this;
        if (_newcomer is not null || _over.Task.IsCompleted)
        {
            session.Refuse(486, "Busy Here");
            return;
        }

        _newcomer = new(_line, this, session, SampleRate);
        _newcomer.Answer();
    }

    internal void Transferred(SipSession session, SipTransferResult result)
    {
        if (session == _caller.Session) Transferred(result);
    }

    private void Transferred(SipTransferResult result)
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

    /// <summary>Whom the caller is to be put through to is there: the caller is told, and sent.</summary>
    internal void TargetAnswered(SipSession session) => _answered.Writer.TryWrite(session);

    /// <summary>A session is over. If it was the caller's and nobody takes its place, the leg is too.</summary>
    internal void Ended(SipSession session, SipEnd end)
    {
        var party = PartyOf(session);
        party?.Close();
        if (party is null) return;
        if (party == _asked)
        {
            _asked = null;
        }
        else if (party == _newcomer)
        {
            _newcomer = null;
        }
        else if (_newcomer is not null)
        {
            // Whoever was here has left before the newcomer has said that it has come.
            TakeNewcomer();
        }
        else
        {
            _over.TrySetResult(end == SipEnd.Lost);
            _events.Writer.TryComplete();
        }
    }

    private void HangUp()
    {
        _newcomer?.Close();
        _newcomer?.Session.HangUp();
        _newcomer = null;
        _caller.Session.HangUp();
    }

    private SipParty? PartyOf(SipSession session) =>
        session == _caller.Session ? _caller : session == _newcomer?.Session ? _newcomer : session == _asked?.Session ? _asked : null;

    private void Ask(SipUri target)
    {
        if (_asked is null && _caller.Session.CanTransfer && SipParty.Calling(_line, this, local => _line.Call(target, local)) is { } asked)
        {
            _asked = asked;
            _caller.Session.Transfer(target, () => asked.Session);
        }
        else
        {
            Transferred(new(SipTransferOutcome.Failed, 0));
        }
    }

    /// <summary>Sends callers to who has answered, once they have been told.</summary>
    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _answered.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_answered.Reader.TryRead(out var session))
                {
                    await _handingOver(cancellationToken);
                    _line.Do(_ => session.HandOver());
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller has gone.
        }
    }

    /// <summary>The agent goes on with the newcomer; whoever was here before is told goodbye.</summary>
    private void TakeNewcomer()
    {
        var before = _caller;
        (_caller, _newcomer) = (_newcomer!, null);
        before.Close();
        before.Session.HangUp();
        _line.LogReplaced(Line);
        OpenSound();
        Transferred(new(SipTransferOutcome.Failed, 0));
    }

    /// <summary>The line can play once somebody listens on our side and the caller knows of our answer.</summary>
    private void OpenSound()
    {
        if (_audio is null || !_caller.IsConfirmed || Sound is null || _over.Task.IsCompleted) return;
        Sound.Open(_audio);
        if (_opened) return;
        _opened = true;
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
