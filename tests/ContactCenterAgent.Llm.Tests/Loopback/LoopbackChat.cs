using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Llm.Tests.Loopback;

/// <summary>Plays one answer as chat completion: server-sent events where a stream was asked for, else one body.</summary>
internal sealed class LoopbackChat(HttpContext context, JsonNode request, int cachedTokens)
{
    private readonly HashSet<int> _named = [];

    public async Task PlayAsync(LoopbackAnswer answer)
    {
        var response = context.Response;
        foreach (var (name, value) in answer.Headers) response.Headers[name] = value;
        response.StatusCode = answer.Status;
        if (answer.Status != 200)
        {
            await response.WriteAsJsonAsync(new JsonObject { ["error"] = new JsonObject { ["message"] = "no", ["type"] = "loopback", ["code"] = answer.Status.ToString() } });
            return;
        }

        if (request["stream"]?.GetValue<bool>() != true)
        {
            await WholeAsync(answer);
            return;
        }

        response.ContentType = "text/event-stream";
        await SendAsync(Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }));
        foreach (var step in answer.Steps)
            if (!await StepAsync(step)) return;
        if (answer.Finish is not { } finish) return;
        await SendAsync(Chunk([], finish));
        if (request["stream_options"]?["include_usage"]?.GetValue<bool>() == true)
        {
            var last = Chunk([]);
            last["choices"] = new JsonArray();
            last["usage"] = Usage(answer);
            await SendAsync(last);
        }

        await LineAsync("[DONE]");
    }

    private async Task<bool> StepAsync(LoopbackStep step)
    {
        switch (step)
        {
            case LoopbackStep.Text text:
                await SendAsync(Chunk(new JsonObject { ["content"] = text.Bit }));
                break;
            case LoopbackStep.Refusal refusal:
                await SendAsync(Chunk(new JsonObject { ["refusal"] = refusal.Bit }));
                break;
            case LoopbackStep.Arguments bit:
                await SendAsync(Chunk(new JsonObject { ["tool_calls"] = new JsonArray(Call(bit)) }));
                break;
            case LoopbackStep.Garbage garbage:
                await LineAsync(garbage.Line);
                break;
            case LoopbackStep.Wait wait:
                await wait.Until.WaitAsync(context.RequestAborted);
                break;
            case LoopbackStep.Die:
                context.Abort();
                return false;
        }

        return true;
    }

    private JsonObject Call(LoopbackStep.Arguments bit)
    {
        var call = new JsonObject { ["index"] = bit.Index, ["function"] = new JsonObject { ["arguments"] = bit.Bit } };
        if (!_named.Add(bit.Index)) return call;
        call["id"] = $"call_{bit.Index}";
        call["type"] = "function";
        call["function"]!["name"] = bit.Tool;
        return call;
    }

    private async Task WholeAsync(LoopbackAnswer answer)
    {
        var text = string.Concat(answer.Steps.OfType<LoopbackStep.Text>().Select(t => t.Bit));
        await context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "loopback",
            ["usage"] = Usage(answer),
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = answer.Finish, ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text } }),
        });
    }

    private JsonObject Usage(LoopbackAnswer answer)
    {
        var (input, output) = (request["messages"]!.ToJsonString().Length / 4, answer.Steps.Length);
        return new()
        {
            ["prompt_tokens"] = input,
            ["completion_tokens"] = output,
            ["total_tokens"] = input + output,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = cachedTokens },
        };
    }

    private static JsonObject Chunk(JsonObject delta, string? finish = null) => new()
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "loopback",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };

    private Task SendAsync(JsonObject chunk) => LineAsync(chunk.ToJsonString());

    private async Task LineAsync(string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
