using System.Diagnostics;
using System.Runtime.InteropServices;
using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.AudioLoop.Tests.Sounds;

/// <summary>CMU pocketsphinx with a small grammar: it chooses among the sentences of the grammar, or finds that none fits.</summary>
/// <param name="grammar">The rules of a JSGF grammar; <c>turn</c> is the public one.</param>
internal sealed class Pocketsphinx(string grammar) : IListener
{
    public const string Program = "pocketsphinx_batch";
    public const string Model = "/usr/share/pocketsphinx/model/en-us";
    private const int SampleRate = 16_000;

    private static readonly string[] Options =
        ["-adcin", "yes", "-cepext", ".raw", "-ctl", "list", "-hyp", "heard", "-jsgf", "grammar", "-cepdir", ".", "-hmm", $"{Model}/en-us", "-dict", $"{Model}/cmudict-en-us.dict",
         "-cmn", "batch", "-beam", "1e-100", "-wbeam", "1e-80", "-pbeam", "1e-100", "-logfn", "log"];

    /// <summary>It understands whole utterances only.</summary>
    public string Partial(TimeSpan spoken) => "";

    /// <inheritdoc/>
    public async Task<string> FinalAsync(short[] samples)
    {
        var folder = Directory.CreateTempSubdirectory("pocketsphinx-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "utterance.raw"), MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
            await File.WriteAllTextAsync(Path.Combine(folder, "list"), "utterance\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "grammar"), $"#JSGF V1.0;\ngrammar loop;\n{grammar}\n");
            using var process = Process.Start(new ProcessStartInfo(Program, Options) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, string.Join('\n', await said));

            // "the words that were heard (utterance -1234)"
            var heard = await File.ReadAllTextAsync(Path.Combine(folder, "heard"));
            return heard[..heard.LastIndexOf('(')].Trim();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Understands sound of a telephone.</summary>
    public Task<string> HearAsync(short[] samples)
    {
        var resampler = new Resampler(Espeak.SampleRate, SampleRate);
        var room = new short[resampler.OutputMax(samples.Length)];
        return FinalAsync(room[..resampler.Resample(samples, room)]);
    }
}
