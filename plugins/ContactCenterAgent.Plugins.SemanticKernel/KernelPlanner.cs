using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>A kernel's chat service as the model behind a planner.</summary>
public static class KernelPlanner
{
    /// <summary>The kernel's chat model as an <see cref="IChatClient"/>, for any planner on chat models. The kernel's own loop of function calls stays off: the agent runs the tools.</summary>
    /// <param name="kernel">Has an <see cref="IChatClient"/> or an <see cref="IChatCompletionService"/>; the first is preferred, the second adapted.</param>
    /// <param name="serviceId">The service's key; null = the default one.</param>
    /// <exception cref="KernelException">The kernel has no such service.</exception>
    public static IChatClient PlannerClient(this Kernel kernel, string? serviceId = null)
    {
        var client = serviceId is null ? kernel.Services.GetService<IChatClient>() : kernel.Services.GetKeyedService<IChatClient>(serviceId);
        if (client is not null) return client.GetService<FunctionInvokingChatClient>() is null ? client : new WithoutFunctions(client);
        var service = serviceId is null ? kernel.Services.GetService<IChatCompletionService>() : kernel.Services.GetKeyedService<IChatCompletionService>(serviceId);
        return service?.AsChatClient() ?? throw new KernelException($"The kernel has no chat service{(serviceId is null ? "" : $" {serviceId}")}.");
    }

    /// <summary>Shows the functions to the model and leaves their calls in the answer: what the loop is given cannot be invoked.</summary>
    private sealed class WithoutFunctions(IChatClient client) : DelegatingChatClient(client)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync(messages, Shown(options), cancellationToken);

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetStreamingResponseAsync(messages, Shown(options), cancellationToken);

        private static ChatOptions? Shown(ChatOptions? options)
        {
            if (options?.Tools is null) return options;
            var shown = options.Clone();
            shown.Tools = [.. options.Tools.Select(tool => tool is AIFunction function ? function.AsDeclarationOnly() : tool)];
            return shown;
        }
    }
}
