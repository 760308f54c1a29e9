using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>Says what a kernel function does to the world. Without it, without metadata and without an entry in the operator's table a function is a <see cref="ToolEffect.Write"/>.</summary>
/// <param name="effect">A <see cref="ToolEffect.Reserve"/> needs a confirm and a release of its own, which a kernel function has not: it counts as <see cref="ToolEffect.Write"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EffectAttribute(ToolEffect effect) : Attribute
{
    /// <summary>The key in <c>KernelFunctionMetadata.AdditionalProperties</c> under which a function made without a method says the same: a <see cref="ToolEffect"/> or its name.</summary>
    public const string MetadataKey = "contactcenter.effect";

    /// <summary>What it does.</summary>
    public ToolEffect Effect { get; } = effect;
}
