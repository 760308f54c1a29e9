using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Speech;
using ContactCenterAgent.Speech.Keypad;
using ContactCenterAgent.Speech.Recording;
using ContactCenterAgent.Speech.Voices;
using ContactCenterAgent.Transports.AudioSocket;
using ContactCenterAgent.Transports.WebSocket.Browser;
using ContactCenterAgent.Transports.WebSocket.Twilio;

namespace ContactCenterAgent.Host;

/// <summary>The lines that carry sound over one connection a call, as far as they are configured, with ears, voice and keypad on every call. One clock paces them all.</summary>
internal sealed class StreamLines : IAsyncDisposable
{
    private readonly MediaClock _clock;
    private readonly List<IAsyncDisposable> _open = [];
    private readonly List<ICallLine> _lines = [];
    private TwilioLine? _twilio;

    private StreamLines(MediaClock clock) => _clock = clock;

    /// <summary>The lines that are open.</summary>
    public IReadOnlyList<ICallLine> Lines => _lines;

    /// <summary>The line of pages with a microphone; null = it is not open.</summary>
    public BrowserLine? Browser { get; private set; }

    /// <summary>Connections that these lines may take from the web server.</summary>
    public static int Connections(LineSettings settings) => (settings.Twilio.Enabled ? settings.Twilio.Calls : 0) + (settings.Browser.Enabled ? settings.Browser.Calls : 0);

    /// <summary>Opens them.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="calls">A browser's call is watchable before it begins.</param>
    /// <param name="recorder">Records the calls; null = nobody does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Each line has one of its own.</param>
    /// <exception cref="SettingException">A setting is out of its bounds.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static StreamLines Open(LineSettings settings, LiveCalls calls, CallRecorder? recorder, TimeProvider time, ILoggerFactory loggers)
    {
        var lines = new StreamLines(new(time, "streams"));
        try
        {
            lines.Open(settings, calls, recorder, time, loggers.CreateLogger("ContactCenterAgent.Lines"), loggers.CreateLogger("ContactCenterAgent.Speech"));
            return lines;
        }
        catch (ValidationException wrong)
        {
            lines._clock.Dispose();
            throw new SettingException($"Lines: {wrong.Message}", wrong);
        }
        catch
        {
            lines._clock.Dispose();
            throw;
        }
    }

    /// <summary>Adds the web server's part.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        _twilio?.Map(routes);
        Browser?.Map(routes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in _open) await line.DisposeAsync();
        _clock.Dispose();
    }

    /// <summary>The port comes last: what is wrong with the others is found before it is taken.</summary>
    private void Open(LineSettings settings, LiveCalls calls, CallRecorder? recorder, TimeProvider time, ILogger log, ILogger speech)
    {
        var voice = new CachedVoice(InstalledVoice.Find(new EspeakOptions(), speech));
        if (settings.Twilio.Enabled) Add(_twilio = new("twilio", settings.Twilio, _clock, time, log));
        if (settings.Browser.Enabled) Add(Browser = new("browser", settings.Browser, _clock, time, log, calls.Announce, calls.Forget));
        if (settings.AudioSocket.Enabled) Add(AudioSocketLine.Open("audiosocket", settings.AudioSocket, _clock, time, log));

        void Add<T>(T line) where T : IAudioLine, IAsyncDisposable
        {
            _open.Add(line);
            _lines.Add(new SpokenLine(line, leg => new(leg, null, voice, new AudioOptions(), new KeypadOptions(), time, speech) { Recorder = recorder }));
        }
    }
}
