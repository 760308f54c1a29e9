using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Clients;

/// <summary>A streamed reply as one: arguments that came piece by piece are in it whole, and once.</summary>
internal static class WholeReply
{
    public static async Task<ChatResponse> GatherAsync(this IAsyncEnumerable<ChatResponseUpdate> streamed)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in streamed)
        {
            update.Contents = [.. update.Contents.Where(c => c is not ToolArgumentsContent)];
            updates.Add(update);
        }

        return updates.ToChatResponse();
    }
}
