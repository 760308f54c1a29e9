using System.ClientModel;
using System.Net;
using System.Text;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.Azure.Tests;

/// <summary>The real client library against a server on this machine that answers as Azure OpenAI does.</summary>
public sealed class AzureOpenAIModelTests
{
    [Fact]
    public async Task Client_OfADeployment_StreamsItsWords()
    {
        using var server = new Server(200, """
            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"half "},"finish_reason":null}]}

            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"past two"},"finish_reason":"stop"}]}

            data: [DONE]


            """);
        using var client = AzureOpenAIModel.Client(server.Address, "desk", new ApiKeyCredential("secret"));
        var said = "";
        await foreach (var update in client.GetStreamingResponseAsync("when?")) said += update.Text;
        said.ShouldBe("half past two");
        server.Asked.Single().ShouldStartWith("POST /openai/deployments/desk/chat/completions?api-version=");
        server.Keys.Single().ShouldBe("secret");
    }

    [Fact]
    public async Task Failure_OfTheService_IsNotRetriedHere()
    {
        using var server = new Server(503, """{"error":{"message":"busy"}}""");
        using var client = AzureOpenAIModel.Client(server.Address, "desk", new ApiKeyCredential("secret"));
        (await Should.ThrowAsync<ClientResultException>(() => client.GetResponseAsync("when?"))).Status.ShouldBe(503);
        server.Asked.Count.ShouldBe(1);
    }

    private sealed class Server : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;

        public Server(int status, string body)
        {
            // A port is free when the listener takes it; the next one is tried where it does not.
            for (var port = 18700; !_listener.IsListening; port++)
            {
                Address = new($"http://127.0.0.1:{port}/");
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Address.AbsoluteUri);
                try
                {
                    _listener.Start();
                }
                catch (HttpListenerException) when (port < 18799)
                {
                }
            }

            _serving = ServeAsync(status, Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\n")));
        }

        public Uri Address { get; private set; } = null!;

        public List<string> Asked { get; } = [];

        public List<string?> Keys { get; } = [];

        public void Dispose()
        {
            _listener.Close();
            _serving.IsFaulted.ShouldBeFalse();
        }

        private async Task ServeAsync(int status, byte[] body)
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                Asked.Add($"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}");
                Keys.Add(context.Request.Headers["api-key"]);
                context.Response.StatusCode = status;
                context.Response.ContentType = status == 200 ? "text/event-stream" : "application/json";
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
        }
    }
}
