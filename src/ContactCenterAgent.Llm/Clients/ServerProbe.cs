using System.Globalization;
using System.Net;

namespace ContactCenterAgent.Llm.Clients;

/// <summary>
/// Looks at a model server of one's own now and then: whether it is up, and how many requests wait in it. A server that is down or full is not asked, so nobody waits for
/// a deadline to learn it.
/// </summary>
/// <remarks>
/// llama-server: <c>/health</c>, and <c>llamacpp:requests_deferred</c> of <c>/metrics</c> (with <c>--metrics</c>), or else <c>/slots</c> (llama.cpp tools/server/README.md). vLLM:
/// <c>/health</c> and <c>vllm:num_requests_waiting</c> of <c>/metrics</c>. Ollama and others: <c>GET /models</c>. A signal that a server does not give is not held against it.
/// </remarks>
/// <param name="endpoint">The server.</param>
/// <param name="http">Connections; owned by the caller.</param>
/// <param name="time">The clock.</param>
/// <param name="every">Time between two looks.</param>
/// <param name="waitingMax">Requests that may wait in the server.</param>
public sealed class ServerProbe(ModelEndpoint endpoint, HttpClient http, TimeProvider time, TimeSpan every, int waitingMax = 0) : ITierSignal
{
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(2);
    private const int BodyMax = 1 << 20;
    private volatile string? _refuses;

    /// <inheritdoc/>
    public string? Refuses => _refuses;

    /// <summary>Looks until it is told to stop. Throws nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(cancellationToken);
                await Task.Delay(every, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how it stops.
        }
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LookMax, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            _refuses = await JudgeAsync(both.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException or IOException)
        {
            _refuses = "tier.down";
        }
    }

    private async Task<string?> JudgeAsync(CancellationToken cancellationToken)
    {
        if (endpoint.Server is not (ModelServer.LlamaServer or ModelServer.Vllm))
            return (await GetAsync("models", cancellationToken)).Status >= 500 ? "tier.down" : null;

        if ((await GetAsync("../health", cancellationToken)).Status != 200) return "tier.down";
        var gauge = endpoint.Server == ModelServer.Vllm ? "vllm:num_requests_waiting" : "llamacpp:requests_deferred";
        var metrics = await GetAsync("../metrics", cancellationToken);
        if (metrics.Status == 200 && Gauge(metrics.Body, gauge) is { } waiting) return waiting > waitingMax ? "tier.full" : null;
        if (endpoint.Server == ModelServer.Vllm) return null;

        // fail_on_no_slot: 503 where every slot is busy.
        return (await GetAsync("../slots?fail_on_no_slot=1", cancellationToken)).Status == (int)HttpStatusCode.ServiceUnavailable && waitingMax == 0 ? "tier.full" : null;
    }

    private async Task<(int Status, string Body)> GetAsync(string path, CancellationToken cancellationToken)
    {
        var root = endpoint.Address.AbsoluteUri.EndsWith('/') ? endpoint.Address : new Uri(endpoint.Address.AbsoluteUri + "/");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, path));
        if (endpoint.Key is { } key) request.Headers.Authorization = new("Bearer", key);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.Content.Headers.ContentLength > BodyMax) return ((int)response.StatusCode, "");
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    // Prometheus text format 0.0.4: name, labels in braces, value. Several samples of one gauge (one a model) add up.
    private static double? Gauge(string text, string name)
    {
        double? sum = null;
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length == name.Length || line[name.Length] is not (' ' or '{')) continue;
            var value = line.AsSpan(line.LastIndexOf('}') + 1).Trim();
            if (value.StartsWith(name)) value = value[name.Length..].Trim();
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var sample)) sum = (sum ?? 0) + sample;
        }

        return sum;
    }
}
