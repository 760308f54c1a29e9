using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>What the voices behind HTTP have in common: a request a sentence, its sound streamed as it is made.</summary>
public abstract class HttpVoice : ITextToSpeech
{
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _answerMax;

    private protected HttpVoice(HttpClient http, TimeSpan answerMax, TimeProvider time) => (_http, _answerMax, _time) = (http, answerMax, time);

    /// <inheritdoc/>
    public abstract int SampleRate { get; }

    /// <inheritdoc/>
    /// <exception cref="VoiceException">The server cannot be reached, refuses, or sends what is no sound.</exception>
    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text)) yield break;
        using var request = Request(text);
        using var response = await AskAsync(request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var pieces = SpokenPace.OfAsync(await OpenAsync(body, cancellationToken), text, SampleRate, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (pieces)
        {
            while (await NextAsync(pieces, cancellationToken)) yield return pieces.Current;
        }
    }

    private protected abstract HttpRequestMessage Request(string text);

    private protected abstract ValueTask<PcmStream> OpenAsync(Stream body, CancellationToken cancellationToken);

    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_answerMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw new VoiceException($"The server answered {(int)response.StatusCode}.");
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new VoiceException("The server did not answer.", fault);
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SpokenAudio> pieces, CancellationToken cancellationToken)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is IOException or HttpRequestException)
        {
            throw new VoiceException("The connection broke.", fault);
        }
    }
}
