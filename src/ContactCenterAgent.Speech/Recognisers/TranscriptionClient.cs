using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Media.Recording;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>Posts recordings and reads their words.</summary>
internal sealed class TranscriptionClient(HttpClient http, TranscriptionOptions options, TimeProvider time)
{
    /// <summary>The words of a recording.</summary>
    /// <param name="samples">16-bit linear, mono.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="start">Audio time of the first sample.</param>
    /// <param name="stable">Whether the words are final.</param>
    /// <param name="cancellationToken">Nobody wants to know any more.</param>
    /// <exception cref="RecogniserException">No answer in time, or one that cannot be read.</exception>
    public async Task<ImmutableArray<Word>> TranscribeAsync(ReadOnlyMemory<short> samples, int sampleRate, TimeSpan start, bool stable, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RequestMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = Request(samples, sampleRate);
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode) throw new RecogniserException($"The service answered {(int)response.StatusCode}.");
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            using var json = await JsonDocument.ParseAsync(body, default, either.Token);
            return Read(json.RootElement, start, TimeSpan.FromSeconds((double)samples.Length / sampleRate), stable);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RecogniserException("The service gave no answer that can be read.", fault);
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<short> samples, int sampleRate)
    {
        var file = new ByteArrayContent(Wav(samples.Span, sampleRate));
        file.Headers.ContentType = new("audio/wav");
        var form = new MultipartFormDataContent
        {
            { file, "file", "utterance.wav" },
            { new StringContent(options.Model), "model" },
            { new StringContent(options.Language), "language" },
            { new StringContent(options.WordTimes ? "verbose_json" : "json"), "response_format" },
        };
        if (options.WordTimes) form.Add(new StringContent("word"), "timestamp_granularities[]");
        var request = new HttpRequestMessage(HttpMethod.Post, options.Address) { Content = form };
        if (options.ApiKey is { Length: > 0 } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static byte[] Wav(ReadOnlySpan<short> samples, int sampleRate)
    {
        var bytes = MemoryMarshal.AsBytes(samples);
        return [.. WavWriter.Header(sampleRate, channels: 1, (uint)bytes.Length), .. bytes];
    }

    private static ImmutableArray<Word> Read(JsonElement answer, TimeSpan start, TimeSpan length, bool stable)
    {
        if (!answer.TryGetProperty("words", out var words) || words.ValueKind != JsonValueKind.Array || words.GetArrayLength() == 0)
            return WordTiming.Spread(answer.GetProperty("text").GetString() ?? "", start, start + length, stable);
        return [.. words.EnumerateArray().Select(word => new Word(
            word.GetProperty("word").GetString()!.Trim(),
            start + TimeSpan.FromSeconds(word.GetProperty("start").GetDouble()),
            start + TimeSpan.FromSeconds(word.GetProperty("end").GetDouble()),
            stable))];
    }
}
