using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>A tool of another system as its source describes it.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Effect">As the source says.</param>
/// <param name="Properties">The properties of its input.</param>
/// <param name="Root">The document that references are followed in.</param>
/// <param name="Send">Sends the arguments, by the source's names, and gives the result's JSON or text.</param>
internal sealed record ForeignTool(
    string Name,
    string Description,
    ToolEffect Effect,
    ImmutableArray<(string Name, JsonElement Schema, bool Required)> Properties,
    JsonElement Root,
    Func<JsonObject, CancellationToken, Task<string>> Send);

/// <summary>Makes tools of other systems' tools.</summary>
internal static class ImportedTool
{
    internal static ToolImport Import(IEnumerable<ForeignTool> tools, ImportOptions options)
    {
        var taken = new HashSet<string>(options.Taken, StringComparer.Ordinal);
        var (good, refused) = (ImmutableArray.CreateBuilder<Tool>(), ImmutableArray.CreateBuilder<RefusedTool>());
        foreach (var tool in tools)
        {
            var rule = options.Rules.GetValueOrDefault(tool.Name) ?? options.Rules.GetValueOrDefault(ToolNames.Snake(tool.Name)) ?? new();
            if (!rule.Include) continue;
            try
            {
                good.Add(Make(tool, rule, options, taken));
            }
            catch (UnrepresentableException cannot)
            {
                refused.Add(new(tool.Name, $"{options.Source}: {tool.Name} cannot be used: {cannot.Message}."));
            }
        }

        return new(good.ToImmutable(), refused.ToImmutable());
    }

    private static Tool Make(ForeignTool tool, ImportRule rule, ImportOptions options, HashSet<string> taken)
    {
        var effect = rule.Effect ?? (options.Trusted ? tool.Effect : ToolEffect.Write);
        if (effect == ToolEffect.Reserve) throw new UnrepresentableException("a reservation needs a release, which an imported tool does not have");
        var parameters = tool.Properties.Select(p => ImportedSchema.Of(p.Name, p.Schema, p.Required, tool.Root, rule)).OfType<ImportedSchema>().ToImmutableArray();
        var twice = parameters.GroupBy(p => p.Parameter.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null) throw new UnrepresentableException($"two of its parameters are called {twice}");
        var name = ToolNames.Free(tool.Name, options.Source, taken) ?? throw new UnrepresentableException("its name is taken, also with the source's name before it");
        var descriptor = new ToolDescriptor
        {
            Name = name,
            Description = tool.Description,
            Effect = effect,
            Parameters = [.. parameters.Select(p => p.Parameter)],
            Examples = rule.Examples,
            Requires = rule.Requires,
            Discloses = rule.Discloses,
            Phrases = rule.Phrases,
            Deadline = rule.Deadline,
            BackEnd = options.Source,
        };
        return new(descriptor, new ImportedFunction(descriptor, parameters, tool.Send, options.ResultCharacters));
    }
}

/// <summary>The function of an imported tool: canonical strings in, the source's types out, rows back.</summary>
internal sealed class ImportedFunction(
    ToolDescriptor tool, ImmutableArray<ImportedSchema> parameters, Func<JsonObject, CancellationToken, Task<string>> send, int resultCharacters) : AIFunction
{
    public override string Name => tool.Name;

    public override string Description => tool.Description;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var sent = new JsonObject();
        foreach (var parameter in parameters)
            if (arguments.TryGetValue(parameter.Parameter.Name, out var value) && value?.ToString() is { Length: > 0 } canonical) sent[parameter.WireName] = parameter.Write(canonical);
        return ImportedResult.Rows(await send(sent, cancellationToken), resultCharacters);
    }
}
