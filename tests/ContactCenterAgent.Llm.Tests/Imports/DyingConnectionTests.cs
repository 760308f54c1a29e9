using System.Net;
using System.Net.Sockets;
using System.Text;
using ContactCenterAgent.Llm.Imports;

namespace ContactCenterAgent.Llm.Tests.Imports;

/// <summary>A server that answers a connection's first request and hangs up on the next: a client that repeats it by itself would do an effect twice.</summary>
public sealed class DyingConnectionTests
{
    private const string Document = """
        {"openapi":"3.1.0","paths":{"/order":{
          "get":{"operationId":"read"},
          "delete":{"operationId":"cancel"},
          "post":{"operationId":"place","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"item":{"type":"string"}}}}}}}}}}
        """;

    [Theory]
    [InlineData("cancel")]
    [InlineData("place")]
    public async Task Effect_OnAConnectionThatDies_IsSentOnceAndNotKnown(string effect)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var seen = new List<string>();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync(listener, seen, stop.Token);
        using var http = new HttpClient();
        var tools = OpenApiTools.Import(Document, http, new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), new() { Source = "shop" }).Tools;

        await McpToolsTests.CallAsync(tools.Single(t => t.Descriptor.Name == "read"));
        await Should.ThrowAsync<HttpRequestException>(() => McpToolsTests.CallAsync(tools.Single(t => t.Descriptor.Name == effect), ("item", "lens")));

        await stop.CancelAsync();
        await serving;
        seen.Count.ShouldBe(2, string.Join(", ", seen));
    }

    private static async Task ServeAsync(TcpListener listener, List<string> seen, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                var stream = client.GetStream();
                await RequestAsync(stream, seen, cancellationToken);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"u8.ToArray(), cancellationToken);
                await RequestAsync(stream, seen, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private static async Task RequestAsync(NetworkStream stream, List<string> seen, CancellationToken cancellationToken)
    {
        var buffer = new byte[4_096];
        var read = await stream.ReadAsync(buffer, cancellationToken);
        if (read > 0) seen.Add(Encoding.ASCII.GetString(buffer, 0, read).Split('\r')[0]);
    }
}
