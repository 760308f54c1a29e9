using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Core;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.Azure;

/// <summary>A deployment of Azure OpenAI as an <see cref="IChatClient"/>, through <see cref="AzureOpenAIClient"/>: the model behind any planner on chat models.</summary>
public static class AzureOpenAIModel
{
    /// <summary>With a key.</summary>
    /// <param name="resource"><c>https://NAME.openai.azure.com</c>.</param>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="key">One of the resource's keys, from a configuration provider or the environment.</param>
    public static IChatClient Client(Uri resource, string deployment, ApiKeyCredential key) => Of(new(resource, key, Options()), deployment);

    /// <summary>With a credential of Microsoft Entra ID (<c>DefaultAzureCredential</c>, a managed identity).</summary>
    /// <param name="resource"><c>https://NAME.openai.azure.com</c>.</param>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="credential">Has the role Cognitive Services OpenAI User.</param>
    public static IChatClient Client(Uri resource, string deployment, TokenCredential credential) => Of(new(resource, credential, Options()), deployment);

    private static IChatClient Of(AzureOpenAIClient client, string deployment) => client.GetChatClient(deployment).AsIChatClient();

    // The tiers decide what follows a failure; a retry in here would eat their time.
    private static AzureOpenAIClientOptions Options() => new() { RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
}
