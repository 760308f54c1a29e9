using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Speech;
using ContactCenterAgent.Speech.Keypad;
using ContactCenterAgent.Speech.Recording;

namespace ContactCenterAgent.Host.Sound;

/// <summary>What every call with sound is given, whatever line it comes on: recognisers, voices, keypad, recorder.</summary>
internal sealed partial class SpokenCalls : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ISpeechToText? _recogniser;
    private readonly Voices _voices;
    private readonly SpeechSettings _speech;
    private readonly Func<string, CancellationToken, ValueTask<string?>> _nameOf;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CallRecorder? _recorder;
    private readonly TaskScope _warming;

    private SpokenCalls(IConfiguration configuration, HttpClient http, Func<string, CancellationToken, ValueTask<string?>> nameOf, TimeProvider time, CallRecorder? recorder, ILogger log)
    {
        var speech = configuration.Of<SpeechSettings>();
        (_http, _speech, _nameOf, _time, _recorder, _log) = (http, speech, nameOf, time, recorder, log);
        _recogniser = Recognisers.Of(configuration, http, time, log);
        _voices = Voices.Of(configuration, http, time, log);
        if (recorder is not null && _voices.HasTones)
            throw new SettingException("Operator:Recording:Enabled needs voices that can say its notice: Speech:Voices without tones, or espeak-ng (apt-get install espeak-ng).");
        Says = [$"Hears with: {Recognisers.Say(speech)}", $"Speaks with: {_voices.Says}"];
        if (Recognisers.SayPages(configuration.Of<LineSettings>().Browser, speech) is { } pages) Says = [Says[0], $"Hears pages with: {pages}", Says[1]];
        _warming = new(fault => LogNotWarmed(fault.GetType().Name), CancellationToken.None);
    }

    /// <summary>Which recognisers and voices are in use, a line each.</summary>
    public IReadOnlyList<string> Says { get; }

    /// <summary>Makes it.</summary>
    /// <param name="configuration">Holds the settings, and the keys under the names that the settings give.</param>
    /// <param name="nameOf">The name on file for a caller's number: without one a keypad caller is offered only what concerns everybody.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Gets codes, never words.</param>
    /// <exception cref="SettingException">A recogniser or voice lacks something.</exception>
    public static SpokenCalls Of(IConfiguration configuration, Func<string, CancellationToken, ValueTask<string?>> nameOf, TimeProvider time, ILoggerFactory loggers)
    {
        // Every adapter has a limit of its own, shorter than the client's.
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
        try
        {
            var recording = configuration.Of<OperatorSettings>().Recording;
            var recorder = recording.Enabled ? new CallRecorder(recording, time, loggers.CreateLogger("ContactCenterAgent.Recording")) : null;
            return new(configuration, http, nameOf, time, recorder, loggers.CreateLogger("ContactCenterAgent.Speech"));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>A line of sound as a line of calls.</summary>
    /// <param name="line">The line.</param>
    /// <param name="own">The recogniser that the line itself has for a leg: it is asked before the configured ones, which take over where it cannot go on. Null = it has none.</param>
    public ICallLine On(IAudioLine line, Func<IAudioLeg, ISpeechToText?>? own = null) =>
        new SpokenLine(line, leg => new(leg, RecogniserOf(own?.Invoke(leg)), _voices.Voice, _speech.Audio, new KeypadOptions { NameOf = _nameOf }, _time, _log) { Recorder = _recorder });

    /// <summary>Begins to speak fixed prompts into memory; calls are answered meanwhile.</summary>
    public void Warm(IReadOnlyList<string> prompts) => _warming.Start(ct => _voices.WarmAsync(prompts, ct));

    public async ValueTask DisposeAsync()
    {
        await _warming.DisposeAsync();
        _http.Dispose();
    }

    private ISpeechToText? RecogniserOf(ISpeechToText? own) =>
        own is null ? _recogniser : _recogniser is null ? own : Recognisers.InOrder([own, _recogniser], _speech, _time, _log);

    [LoggerMessage(550, LogLevel.Warning, "voice.cold: {Fault}; fixed prompts are spoken when they are needed")]
    private partial void LogNotWarmed(string fault);
}
