using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Recording;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>Speaks with espeak-ng: a process a sentence, its WAV streamed. The text goes in by standard input, where no list of processes shows it.</summary>
public sealed class EspeakVoice : ITextToSpeech, IDisposable
{
    private const int HeadBytes = 44;

    private readonly EspeakOptions _options;
    private readonly SemaphoreSlim _places;

    /// <summary>Makes one; nothing is started yet.</summary>
    public EspeakVoice(EspeakOptions options)
    {
        _options = options;
        _places = new(options.AtOnce);
    }

    /// <inheritdoc/>
    public int SampleRate => 22_050;

    /// <summary>Whether the program can be started.</summary>
    public static bool IsInstalled(EspeakOptions options)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(options.Program, "--version") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            process!.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="VoiceException">The program is not there, or gives no sound.</exception>
    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text)) yield break;
        await _places.WaitAsync(cancellationToken);
        try
        {
            using var process = Start();
            using var killed = cancellationToken.Register(() => Kill(process));
            try
            {
                var pcm = await OpenAsync(process, text, cancellationToken);
                await foreach (var piece in SpokenPace.OfAsync(pcm, text, SampleRate, cancellationToken)) yield return piece;
                cancellationToken.ThrowIfCancellationRequested();
            }
            finally
            {
                Kill(process);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private Process Start()
    {
        var start = new ProcessStartInfo(_options.Program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--stdin", "--stdout", "-b", "1", "-v", _options.Voice, "-s", $"{_options.WordsAMinute}"]) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new VoiceException($"{_options.Program} cannot be started.", fault);
        }
    }

    private async Task<PcmStream> OpenAsync(Process process, string text, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(text.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VoiceException($"{_options.Program} took no text.", fault);
        }

        var head = new byte[HeadBytes];
        var stream = process.StandardOutput.BaseStream;
        var count = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (WavFormat.Read(head.AsSpan(0, count), out var format) is { } wrong) throw new VoiceException($"{_options.Program} gave no sound: {wrong}");
        if (format is not { Channels: 1 } || format.SampleRate != SampleRate) throw new VoiceException($"{_options.Program} gave sound of {format?.SampleRate} Hz.");
        return new(stream, SampleRate);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill();
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself meanwhile.
        }
    }
}
