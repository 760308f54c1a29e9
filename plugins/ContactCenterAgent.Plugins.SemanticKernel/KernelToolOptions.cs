using ContactCenterAgent.Core.Tools;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>How a kernel's functions become tools.</summary>
public sealed class KernelToolOptions
{
    /// <summary>The operator's table, which wins over all other declarations: <c>Plugin.function</c>, or <c>Plugin.*</c> for the rest of a plugin. Case does not count.</summary>
    public IDictionary<string, ToolEffect> Effects { get; } = new Dictionary<string, ToolEffect>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Completes a descriptor that was made from the function's schema: examples and phrases for the embedded planner, better parameter types, assurance, limits.</summary>
    /// <value>Gets the function and the descriptor; name and effect must stay as they are. Default: nothing is completed.</value>
    public Func<KernelFunction, ToolDescriptor, ToolDescriptor> Complete { get; set; } = (_, tool) => tool;

    /// <summary>The function's parameter that takes the effect's key, so that its back end can tell a repetition. It is no argument of the tool. Default: <c>idempotency_key</c>.</summary>
    /// <value>Case and underscores do not count.</value>
    public string KeyParameter { get; set; } = "idempotency_key";
}
