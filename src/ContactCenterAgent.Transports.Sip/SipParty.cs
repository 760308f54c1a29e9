using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Sip.Media;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Sessions;

namespace ContactCenterAgent.Transports.Sip;

/// <summary>A far end of a leg: its signalling, and its sound once it has some. Used by the line's loop.</summary>
internal sealed class SipParty(SipLine line, SipLeg leg, SipSession session, int sampleRate) : IRtpLegEvents
{
    private RtpSockets? _sockets;
    private MediaClock? _clock;

    internal SipSession Session => session;

    /// <summary>Null before the answer.</summary>
    internal RtpLeg? Sound { get; private set; }

    /// <summary>The far end knows that we have answered.</summary>
    internal bool IsConfirmed { get; set; }

    /// <summary>Calls somebody who hears nothing but silence, on ports of its own; null = no port is free.</summary>
    internal static SipParty? Calling(SipLine line, SipLeg leg, Func<LocalMedia, SipSession> call)
    {
        if (line.TakePorts() is not { } sockets) return null;
        var party = new SipParty(line, leg, call(line.Local(sockets.Port, G711.SampleRate)), G711.SampleRate);
        party.Session.Owner = leg;
        party.Open(sockets);
        return party;
    }

    /// <summary>Answers, on ports of its own.</summary>
    internal void Answer()
    {
        if (session.IsOver || Sound is not null) return;
        if (line.TakePorts() is not { } sockets)
        {
            session.Refuse(503, "Service Unavailable", 10);
            return;
        }

        Open(sockets);
        session.Answer(line.Local(sockets.Port, sampleRate));
    }

    internal void Agree(AgreedMedia media)
    {
        if (Sound is null) return;
        Sound.Agree(media);
        if (_clock is not null) return;
        _clock = line.NextClock();
        _clock.Add(Sound);
    }

    /// <summary>The sound stops here and now, and its ports go back. When it returns nobody of this party is heard any more.</summary>
    internal void Close()
    {
        if (_sockets is not { } sockets) return;
        _sockets = null;
        _clock?.Remove(Sound!);
        Sound!.Close();
        line.Ports.GiveBack(sockets);
    }

    private void Open(RtpSockets sockets) => (_sockets, Sound) = (sockets, new(sockets, this, line.Options.SoundLostAfter, line.Time, sampleRate));

    /// <summary>From the clock's thread.</summary>
    void IRtpLegEvents.Pressed(char key) => leg.Pressed(key, DigitWay.Rtp);

    /// <summary>From the clock's thread.</summary>
    void IRtpLegEvents.SoundLost() => line.Do(_ => session.HangUp(SipEnd.Lost));
}
