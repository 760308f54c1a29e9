using System.Diagnostics;
using System.Runtime.InteropServices;
using ContactCenterAgent.Media.Recording;

namespace ContactCenterAgent.Media.Tests;

/// <summary>Speech of 16000 samples a second, as CMU flite speaks it.</summary>
internal static class Flite
{
    public static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "flite")));

    public static short[] Speak(string voice, string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("flite", ["-voice", voice, "-t", text, "-o", file]) { UseShellExecute = false })!;
            process.WaitForExit();
            process.ExitCode.ShouldBe(0);
            var wav = File.ReadAllBytes(file);
            WavFormat.Read(wav, out var format).ShouldBeNull();
            (format!.SampleRate, format.Channels).ShouldBe((16_000, 1));
            return MemoryMarshal.Cast<byte, short>(wav.AsSpan(format.DataStart)).ToArray();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
