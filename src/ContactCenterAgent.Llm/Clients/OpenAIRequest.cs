using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using OpenAIFormat = OpenAI.Chat.ChatResponseFormat;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace ContactCenterAgent.Llm.Clients;

/// <summary>A request of ours in the package's terms, with what each kind of server wants beside them.</summary>
internal static class OpenAIRequest
{
    internal static IEnumerable<OpenAIMessage> Messages(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                yield return new SystemChatMessage(message.Text);
            }
            else if (message.Role == ChatRole.Assistant)
            {
                yield return Assistant(message);
            }
            else if (message.Role == ChatRole.Tool)
            {
                foreach (var result in message.Contents.OfType<FunctionResultContent>()) yield return new ToolChatMessage(result.CallId, Json(result.Result));
            }
            else
            {
                yield return new UserChatMessage(message.Text);
            }
        }
    }

    internal static ChatCompletionOptions Options(ChatOptions? options, ModelEndpoint endpoint)
    {
        var request = new ChatCompletionOptions();
        if (options is null) return request;
        request.Temperature = options.Temperature;
        request.TopP = options.TopP;
        request.MaxOutputTokenCount = options.MaxOutputTokens;
        request.FrequencyPenalty = options.FrequencyPenalty;
        request.PresencePenalty = options.PresencePenalty;
        foreach (var stop in options.StopSequences ?? []) request.StopSequences.Add(stop);
        request.ResponseFormat = options.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: { } schema } json => OpenAIFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", Bytes(schema), json.SchemaDescription, jsonSchemaIsStrict: true),
            ChatResponseFormatJson => OpenAIFormat.CreateJsonObjectFormat(),
            _ => null,
        };
        Tools(options, request);
        Extras(options, endpoint, request);
        return request;
    }

    private static AssistantChatMessage Assistant(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(call => ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(Json(call.Arguments)))).ToList();
        if (calls.Count == 0) return new(message.Text);
        var assistant = new AssistantChatMessage(calls);
        if (message.Text.Length > 0) assistant.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        return assistant;
    }

    private static void Tools(ChatOptions options, ChatCompletionOptions request)
    {
        foreach (var tool in options.Tools ?? [])
            if (tool is AIFunctionDeclaration function) request.Tools.Add(ChatTool.CreateFunctionTool(function.Name, function.Description, Bytes(function.JsonSchema), functionSchemaIsStrict: true));
        if (request.Tools.Count == 0) return;
        request.ToolChoice = options.ToolMode switch
        {
            RequiredChatToolMode { RequiredFunctionName: { } name } => ChatToolChoice.CreateFunctionChoice(name),
            RequiredChatToolMode => ChatToolChoice.CreateRequiredChoice(),
            NoneChatToolMode => ChatToolChoice.CreateNoneChoice(),
            _ => ChatToolChoice.CreateAutoChoice(),
        };
        request.AllowParallelToolCalls = options.AllowMultipleToolCalls;
    }

#pragma warning disable SCME0001 // The patch is how the package lets fields through that it does not know; the loopback tests see them on the wire.
    private static void Extras(ChatOptions options, ModelEndpoint endpoint, ChatCompletionOptions request)
    {
        var call = options.AdditionalProperties is { } given && given.TryGetValue(ModelHints.Call, out var value) ? value as string : null;
        switch (endpoint.Server)
        {
            case ModelServer.OpenAI when call is not null:
                // Platform documentation, "Prompt caching": requests of one key go to one machine.
                request.Patch.Set("$.prompt_cache_key"u8, call);
                break;
            case ModelServer.LlamaServer:
                // llama.cpp tools/server/README.md, POST /completion: cache_prompt, id_slot.
                request.Patch.Set("$.cache_prompt"u8, true);
                if (endpoint.Slots > 0 && call is not null) request.Patch.Set("$.id_slot"u8, Slot(call, endpoint.Slots));
                break;
        }

        // Older servers know the older name of the limit only.
        if (endpoint.Server is not (ModelServer.OpenAI or ModelServer.Azure) && options.MaxOutputTokens is { } tokens) request.Patch.Set("$.max_tokens"u8, tokens);
        foreach (var (name, extra) in options.AdditionalProperties ?? [])
            if (!ModelHints.IsHint(name)) request.Patch.Set(System.Text.Encoding.UTF8.GetBytes($"$.{name}"), BinaryData.FromString(Json(extra)));
    }
#pragma warning restore SCME0001

    /// <summary>The slot of a call: always the same one. FNV-1a, so that it does not change with the process.</summary>
    internal static int Slot(string call, int slots)
    {
        var hash = 2_166_136_261u;
        foreach (var c in call) hash = (hash ^ c) * 16_777_619u;
        return (int)(hash % (uint)slots);
    }

    private static BinaryData Bytes(JsonElement json) => BinaryData.FromString(json.GetRawText());

    private static string Json(object? value) => value switch
    {
        null => "null",
        JsonElement element => element.GetRawText(),
        _ => JsonSerializer.Serialize(value, Compact.Of(value.GetType())),
    };
}
