using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Host.Phone;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Sound;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Acs;
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
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private TwilioLine? _twilio;
    private AcsLine? _acs;

    private StreamLines(MediaClock clock) => _clock = clock;

    /// <summary>The lines that are open.</summary>
    public IReadOnlyList<ICallLine> Lines => _lines;

    /// <summary>The line of pages with a microphone; null = it is not open.</summary>
    public BrowserLine? Browser { get; private set; }

    /// <summary>Connections that these lines may take from the web server.</summary>
    /// <remarks>Azure has a media socket for each call, and callbacks beside it.</remarks>
    public static int Connections(LineSettings settings) =>
        (settings.Twilio.Enabled ? settings.Twilio.Calls : 0) + (settings.Browser.Enabled ? settings.Browser.Calls : 0) + (settings.Acs.Enabled ? 2 * settings.Acs.Calls : 0);

    /// <summary>Opens them.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="spoken">Ears, voice and keypad.</param>
    /// <param name="acs">Asks Azure Communication Services; called only where its line is enabled.</param>
    /// <param name="calls">A browser's call is watchable before it begins.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Each line has one of its own.</param>
    /// <exception cref="SettingException">A setting is out of its bounds.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static StreamLines Open(LineSettings settings, SpokenCalls spoken, Func<IAcsCommands> acs, LiveCalls calls, TimeProvider time, ILoggerFactory loggers)
    {
        var lines = new StreamLines(new(time, "streams"));
        try
        {
            lines.Open(settings, spoken, acs, calls, time, loggers.CreateLogger("ContactCenterAgent.Lines"));
            return lines;
        }
        catch (ValidationException wrong)
        {
            lines.Close();
            throw new SettingException($"Lines: {wrong.Message}", wrong);
        }
        catch
        {
            lines.Close();
            throw;
        }
    }

    /// <summary>Adds the web server's part.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        _twilio?.Map(routes);
        _acs?.Map(routes);
        if (Browser is not null) PhonePage.Map(routes, Browser);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in _open) await line.DisposeAsync();
        Close();
    }

    private void Close()
    {
        _clock.Dispose();
        _http.Dispose();
    }

    /// <summary>The port comes last: what is wrong with the others is found before it is taken.</summary>
    private void Open(LineSettings settings, SpokenCalls spoken, Func<IAcsCommands> acs, LiveCalls calls, TimeProvider time, ILogger log)
    {
        if (settings.Twilio.Enabled) Add(_twilio = new("twilio", settings.Twilio, _http, _clock, time, log));
        if (settings.Browser.Enabled)
        {
            Browser = new("browser", settings.Browser, _clock, time, log, calls.Announce, calls.Forget);
            Add(Browser, Browser.RecogniserOf);
        }

        if (settings.Acs.Enabled)
        {
            // Azure's own transcription, where it is asked for, hears the call before the configured recognisers do.
            _acs = new("azure", settings.Acs, acs(), _http, _clock, time, log);
            Add(_acs, _acs.TranscriptionOf);
        }

        if (settings.AudioSocket.Enabled) Add(AudioSocketLine.Open("audiosocket", settings.AudioSocket, _clock, time, log));

        void Add<T>(T line, Func<IAudioLeg, ISpeechToText?>? own = null) where T : IAudioLine, IAsyncDisposable
        {
            _open.Add(line);
            _lines.Add(spoken.On(line, own));
        }
    }
}
