using System.Diagnostics;
using System.Runtime.InteropServices;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Recording;

namespace ContactCenterAgent.AudioLoop.Tests.Sounds;

/// <summary>The caller's voice: CMU flite, so that nobody is understood by their own voice's rules.</summary>
internal static class Flite
{
    public const string Program = "flite";

    /// <summary>Speech at a telephone's rate.</summary>
    public static async Task<short[]> SpeakAsync(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, ["-voice", "rms", "-t", text, "-o", file]) { UseShellExecute = false })!;
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            var wav = await File.ReadAllBytesAsync(file);
            WavFormat.Read(wav, out var format).ShouldBeNull();
            var samples = MemoryMarshal.Cast<byte, short>(wav.AsSpan(format!.DataStart));
            var resampler = new Resampler(format.SampleRate, Espeak.SampleRate);
            var room = new short[resampler.OutputMax(samples.Length)];
            return room[..resampler.Resample(samples, room)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
