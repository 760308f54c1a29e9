using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Sound;
using ContactCenterAgent.Transports.Sip;

namespace ContactCenterAgent.Host;

/// <summary>The SIP line with ears, voice and keypad on every call; or the reason why there is none.</summary>
internal sealed class PhoneLine : IAsyncDisposable
{
    private readonly SipLine? _line;

    private PhoneLine(SipLine? line, ICallLine? spoken, string says) => (_line, Lines, Says) = (line, spoken is null ? [] : [spoken], says);

    /// <summary>The line, or nothing.</summary>
    public IReadOnlyList<ICallLine> Lines { get; }

    /// <summary>The SIP line itself; null = none is open.</summary>
    public SipLine? Line => _line;

    /// <summary>The address to dial, or what is in the way.</summary>
    public string Says { get; }

    /// <summary>Opens the line. A port that is taken costs the phones only: the console and its callers go on.</summary>
    /// <exception cref="SettingException">A setting is out of its bounds.</exception>
    /// <param name="options">The line.</param>
    /// <param name="spoken">Ears, voice and keypad.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where log lines go.</param>
    public static PhoneLine Open(SipOptions options, SpokenCalls spoken, TimeProvider time, ILoggerFactory loggers)
    {
        if (!options.Enabled) return new(null, null, "Phones: none (Lines:Sip:Enabled is false)");
        try
        {
            var line = SipLine.Open("sip", options, time, loggers.CreateLogger("ContactCenterAgent.Sip"));
            var secure = line.SecureAddress is { } address ? $" or {address}" : "";
            return new(line, spoken.On(line), $"Phones: dial {line.Address}{secure} (UDP or TCP)");
        }
        catch (ValidationException wrong)
        {
            throw new SettingException($"Lines:Sip: {wrong.Message}", wrong);
        }
        catch (IOException taken)
        {
            return new(null, null, $"Phones: none. {taken.Message} (Lines:Sip:Listen, Lines:Sip:Port, Lines:Sip:TlsPort)");
        }
    }

    public ValueTask DisposeAsync() => _line?.DisposeAsync() ?? ValueTask.CompletedTask;
}
