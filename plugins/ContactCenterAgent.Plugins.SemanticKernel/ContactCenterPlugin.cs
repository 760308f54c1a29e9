using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>What a kernel gets of the contact centre.</summary>
public sealed class ContactCenterOptions
{
    /// <summary>The call; its tools (CRM, booking, any others) become functions.</summary>
    public required KernelCall Call { get; init; }

    /// <summary>The caller's leg, for <c>transfer_to_person</c> and <c>hang_up</c>. Null: the kernel does not control the line.</summary>
    public ICallTransport? Line { get; init; }
}

/// <summary>Call control, CRM and booking as a kernel plugin.</summary>
public static class ContactCenterPlugin
{
    /// <summary>The plugin's name.</summary>
    public const string Name = "ContactCenter";

    private const string LineMetadata = "contactcenter.line";

    /// <summary>
    /// Adds the plugin <see cref="Name"/>: one function a tool, with its description, parameters and effect (<see cref="EffectAttribute.MetadataKey"/>), and the line's own. The functions
    /// go through the ledger however they are invoked; <see cref="UseLedger"/> keeps the other plugins' inside it as well.
    /// </summary>
    public static KernelPlugin AddContactCenter(this ICollection<KernelPlugin> plugins, ContactCenterOptions options)
    {
        var functions = options.Call.Tools.Values.Where(t => t.Invoke is not KernelToolFunction).Select(tool => Function(tool.Descriptor, options.Call));
        if (options.Line is { } line) functions = functions.Concat(LineFunctions(line, options.Call));
        var plugin = KernelPluginFactory.CreateFromFunctions(Name, "The caller's records, the diary and the telephone line.", functions);
        plugins.Add(plugin);
        return plugin;
    }

    /// <summary>Puts a kernel's loop of function calls under a call's ledger.</summary>
    public static Kernel UseLedger(this Kernel kernel, KernelCall call)
    {
        kernel.AutoFunctionInvocationFilters.Add(new LedgerFilter(call));
        return kernel;
    }

    internal static bool IsLineControl(KernelFunction function) => function.Metadata.AdditionalProperties.ContainsKey(LineMetadata);

    private static KernelFunction Function(ToolDescriptor tool, KernelCall call) => KernelFunctionFactory.CreateFromMethod(
        async (KernelArguments arguments, CancellationToken cancellationToken) => (await call.RunAsync(tool.Name, arguments, cancellationToken)).ToJsonString(),
        new()
        {
            FunctionName = tool.Name,
            Description = tool.Description,
            Parameters = tool.Parameters.Select(Parameter),
            AdditionalMetadata = Metadata((EffectAttribute.MetadataKey, tool.Effect)),
        });

    private static KernelParameterMetadata Parameter(ToolParameter parameter)
    {
        var schema = new JsonObject { ["type"] = "string", ["description"] = parameter.Description };
        if (!parameter.Values.IsEmpty) schema["enum"] = new JsonArray([.. parameter.Values.Select(v => JsonValue.Create(v.Value))]);
        if (parameter.Pattern is { } pattern) schema["pattern"] = $"^{pattern}$";
        return new(parameter.Name)
        {
            Description = parameter.Description,
            IsRequired = parameter is { Required: true, Default: null },
            ParameterType = typeof(string),
            Schema = KernelJsonSchema.Parse(schema.ToJsonString()),
        };
    }

    // A discarded answer must not hang up on anybody: the line is controlled once the turn has closed.
    private static IEnumerable<KernelFunction> LineFunctions(ICallTransport line, KernelCall call)
    {
        yield return Line("transfer_to_person", "Puts the caller through to a colleague. Say so first.", async (string reason, string summary, CancellationToken ct) =>
            await WhenClosedAsync(call, () => line.TransferAsync(new TransferToPerson(reason, Pii.Of(summary)), ct)));
        yield return Line("hang_up", "Ends the call once what is being said has been said. Say goodbye first.", async (CancellationToken ct) =>
            await WhenClosedAsync(call, () => line.HangUpAsync(ct)));
    }

    private static KernelFunction Line(string name, string description, Delegate method) => KernelFunctionFactory.CreateFromMethod(
        method,
        new() { FunctionName = name, Description = description, AdditionalMetadata = Metadata((EffectAttribute.MetadataKey, ToolEffect.Irreversible), (LineMetadata, true)) });

    private static async Task<string> WhenClosedAsync(KernelCall call, Func<ValueTask> act)
    {
        if (call.TurnIsOpen) return Answers.EndOfTurn().ToJsonString();
        await act();
        return """{"status":"done"}""";
    }

    private static ReadOnlyDictionary<string, object?> Metadata(params (string Key, object? Value)[] values) => new(values.ToDictionary(v => v.Key, v => v.Value));
}
