using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ContactCenterAgent.Protocol.Tests.Clients;
using ContactCenterAgent.Transports.Sip;
using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>Tests that are about seconds of sound: no other clients run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedClients
{
    public const string Name = "timed clients";
}

/// <summary>A soft phone: hold and resume, keys, TLS with SRTP, G.722.</summary>
[Collection(TimedClients.Name)]
public sealed class BaresipTests(Network network) : IClassFixture<Network>
{
    [ClientFact("baresip")]
    public async Task Hold_LongerThanSoundMayBeMissing_AndResume_IsOneCall()
    {
        await using var line = await network.LineAsync(new() { Record = network.Folder, Options = new() { Listen = "198.18.0.1", SoundLostAfter = TimeSpan.FromSeconds(5) } });
        await using var phone = await PhoneAsync("<sip:alice@198.18.0.1:5090>;regint=0;audio_codecs=PCMU/8000/1;dtmfmode=rtpevent");
        await using var control = await ControlAsync();
        await control.TellAsync("dial sip:bot@198.18.0.1:5060");
        await line.HearAsync("opened");

        await control.TellAsync("hold");
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System);
        await control.TellAsync("resume");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        await control.TellAsync("sndcode 4");
        await line.HearAsync("digit 4");
        await control.TellAsync("hangup");

        await line.HearAsync("closed ordinary");
        line.Said.Split('\n').Count(l => l.StartsWith("offered", StringComparison.Ordinal)).ShouldBe(1);
    }

    [ClientFact("baresip")]
    public async Task Call_OverTlsWithSrtp_HasSoundAndKeys()
    {
        var certificate = await CertificateAsync();
        await using var line = await network.LineAsync(new() { Record = network.Folder, Options = new() { Listen = "198.18.0.1", CertificateFile = certificate, Srtp = SipSrtp.Required } });
        await using var phone = await PhoneAsync("<sip:alice@198.18.0.1:5090;transport=tls>;regint=0;audio_codecs=PCMA/8000/1;dtmfmode=rtpevent;mediaenc=srtp-mand", $"sip_certificate {certificate}");

        var heard = await HeardAsync(line, "sip:bot@198.18.0.1:5061;transport=tls");

        heard.Count(s => Math.Abs((int)s) > 3_000).ShouldBeGreaterThan(4_000, "the caller's tone came through");
    }

    [ClientFact("baresip")]
    public async Task Call_InG722_IsHeardWith16000Samples()
    {
        await using var line = await network.LineAsync(new() { Record = network.Folder, Options = new() { Listen = "198.18.0.1", Codecs = [SipCodec.G722, SipCodec.Pcma] } });
        await using var phone = await PhoneAsync("<sip:alice@198.18.0.1:5090>;regint=0;audio_codecs=G722/16000/1,PCMA/8000/1;dtmfmode=rtpevent", "module g722.so", 16_000, 6_000);

        var heard = await HeardAsync(line, "sip:bot@198.18.0.1:5060");

        // A tone of 6 kHz crosses zero 12,000 times a second; through 8000 samples a second it would be gone.
        var second = heard.SkipWhile(s => Math.Abs((int)s) < 3_000).Skip(1_600).Take(16_000).ToArray();
        second.Length.ShouldBe(16_000);
        second.Zip(second.Skip(1)).Count(pair => (pair.First < 0) != (pair.Second < 0)).ShouldBeInRange(11_900, 12_100);
        second.Count(s => Math.Abs((int)s) > 3_000).ShouldBeGreaterThan(8_000);
    }

    /// <summary>The phone calls, sounds for a while, presses a key and hangs up: what the line has heard of it.</summary>
    private async Task<short[]> HeardAsync(RunningProgram line, string address)
    {
        await using var control = await ControlAsync();
        await control.TellAsync("dial " + address);
        await line.HearAsync("opened");
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await control.TellAsync("sndcode 7");
        await line.HearAsync("digit 7");
        await control.TellAsync("hangup");
        await line.HearAsync("recorded 1");

        return MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(Path.Combine(network.Folder, "1.raw"))).ToArray();
    }

    private async Task<RunningProgram> PhoneAsync(string account, string more = "", int sampleRate = 8_000, int hertz = 440)
    {
        var folder = Directory.CreateDirectory(Path.Combine(network.Folder, "phone" + Guid.NewGuid().ToString("n"))).FullName;
        var modules = Directory.EnumerateDirectories("/usr/lib", "baresip", SearchOption.AllDirectories).Select(d => Path.Combine(d, "modules")).First(Directory.Exists);
        var text = (await File.ReadAllTextAsync(Network.Scenario("baresip.config"))).Replace("MODULE_DIR", modules, StringComparison.Ordinal)
            .Replace("srate 8000", $"srate {sampleRate}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "config"), text + more + "\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "accounts"), account + "\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "contacts"), "");
        await File.WriteAllBytesAsync(Path.Combine(network.Folder, "caller.wav"), Tone(sampleRate, hertz));
        var phone = network.Start("baresip", "-f", folder, "-t", "50");
        await phone.HearAsync("baresip is ready");
        return phone;
    }

    private async Task<RunningProgram> ControlAsync()
    {
        var control = network.Start("dotnet", typeof(LineProgram).Assembly.Location, "control");
        await control.HearAsync("connected");
        return control;
    }

    /// <summary>A minute of a tone.</summary>
    private static byte[] Tone(int sampleRate, int hertz)
    {
        var samples = 60 * sampleRate;
        var wav = new byte[44 + 2 * samples];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 2 * sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), 2 * samples);
        for (var i = 0; i < samples; i++) BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + 2 * i), (short)(10_000 * Math.Sin(2 * Math.PI * hertz * i / sampleRate)));
        return wav;
    }

    private async Task<string> CertificateAsync()
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=198.18.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = Path.Combine(network.Folder, "line.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }
}
