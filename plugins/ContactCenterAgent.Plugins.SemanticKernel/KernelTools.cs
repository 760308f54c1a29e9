using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>A kernel's functions as tools.</summary>
/// <param name="Tools">By plugin, then by function.</param>
/// <param name="LeftOut">Functions that cannot be tools: <c>Plugin.function</c> with the reason as a code, <c>parameter_is_structured</c>.</param>
public sealed record KernelTools(ImmutableArray<Tool> Tools, ImmutableSortedDictionary<string, string> LeftOut)
{
    /// <summary>Adds every plugin of a kernel to an agent's tools: <c>services with { Tools = services.Tools.UseKernel(kernel) }</c>.</summary>
    /// <exception cref="ArgumentException">Two tools have one name, or a function cannot be a tool: the message names them. <see cref="Read"/> leaves such functions out instead.</exception>
    public static ImmutableArray<Tool> Add(ImmutableArray<Tool> tools, Kernel kernel, KernelToolOptions? options = null)
    {
        var read = Read(kernel, options);
        if (!read.LeftOut.IsEmpty)
            throw new ArgumentException($"Not every function can be a tool: {string.Join(", ", read.LeftOut.Select(left => $"{left.Key} ({left.Value})"))}.", nameof(kernel));
        var clash = read.Tools.Select(t => t.Descriptor.Name).Intersect(tools.Select(t => t.Descriptor.Name), StringComparer.Ordinal).ToList();
        return clash.Count == 0 ? tools.AddRange(read.Tools) : throw new ArgumentException($"Two tools are called {string.Join(", ", clash)}.", nameof(kernel));
    }

    /// <summary>Reads every plugin of a kernel but the agent's own. The kernel's function filters run around each invocation.</summary>
    public static KernelTools Read(Kernel kernel, KernelToolOptions? options = null)
    {
        options ??= new();
        var tools = ImmutableArray.CreateBuilder<Tool>();
        var leftOut = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var function in kernel.Plugins.SelectMany(plugin => plugin).Where(f => f.PluginName != ContactCenterPlugin.Name))
        {
            var (tool, reason) = ReadOne(kernel, function, options);
            if (tool is not null && tools.Any(t => t.Descriptor.Name == tool.Descriptor.Name)) (tool, reason) = (null, "name_is_taken");
            if (tool is null) leftOut[FullName(function)] = reason!;
            else tools.Add(tool);
        }

        return new(tools.ToImmutable(), leftOut.ToImmutable());
    }

    /// <summary>What a function does: the operator's table, else its attribute, else its metadata, else <see cref="ToolEffect.Write"/>.</summary>
    public static ToolEffect EffectOf(KernelFunction function, KernelToolOptions? options = null)
    {
        var declared = options is not null && (options.Effects.TryGetValue(FullName(function), out var effect) || options.Effects.TryGetValue($"{function.PluginName}.*", out effect))
            ? effect
            : function.UnderlyingMethod?.GetCustomAttribute<EffectAttribute>()?.Effect ?? OfMetadata(function);
        return declared == ToolEffect.Reserve ? ToolEffect.Write : declared;
    }

    /// <summary>The name of a function's tool: plugin and function in snake case, <c>order_desk_get_status</c>.</summary>
    public static string NameOf(KernelFunction function) => function.PluginName is { Length: > 0 } plugin ? $"{Snake(plugin)}_{Snake(function.Name)}" : Snake(function.Name);

    internal static string FullName(KernelFunction function) => $"{function.PluginName}.{function.Name}";

    private static (Tool? Tool, string? Reason) ReadOne(Kernel kernel, KernelFunction function, KernelToolOptions options)
    {
        var key = function.Metadata.Parameters.FirstOrDefault(p => Plain(p.Name) == Plain(options.KeyParameter))?.Name;
        var parameters = ImmutableArray.CreateBuilder<ToolParameter>();
        foreach (var parameter in function.Metadata.Parameters.Where(p => p.Name != key))
        {
            if (KernelParameters.Read(parameter) is { } read) parameters.Add(read);
            else if (parameter.IsRequired) return (null, "parameter_is_structured");
        }

        var made = new ToolDescriptor
        {
            Name = NameOf(function),
            Description = function.Description,
            Effect = EffectOf(function, options),
            Parameters = parameters.ToImmutable(),
            BackEnd = function.PluginName ?? NameOf(function),
        };
        var descriptor = options.Complete(function, made);
        return descriptor.Name == made.Name && descriptor.Effect == made.Effect
            ? (new(descriptor, new KernelToolFunction(descriptor, kernel, function, key)), null)
            : (null, "completed_into_another_tool");
    }

    private static ToolEffect OfMetadata(KernelFunction function) =>
        function.Metadata.AdditionalProperties.TryGetValue(EffectAttribute.MetadataKey, out var value)
            ? value switch
            {
                ToolEffect effect => effect,
                string text when Enum.TryParse<ToolEffect>(text, ignoreCase: true, out var effect) && Enum.IsDefined(effect) => effect,
                _ => ToolEffect.Write,
            }
            : ToolEffect.Write;

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!char.IsAsciiLetterOrDigit(c)) c = '_';
            else if (char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(name[i - 1])) snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString();
    }
}

/// <summary><c>UseKernel</c> on an agent's tools.</summary>
public static class KernelToolsExtensions
{
    /// <inheritdoc cref="KernelTools.Add"/>
    public static ImmutableArray<Tool> UseKernel(this ImmutableArray<Tool> tools, Kernel kernel, KernelToolOptions? options = null) => KernelTools.Add(tools, kernel, options);
}
