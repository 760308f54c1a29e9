using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>A tool of another system as its source describes it.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Effect">As the source says.</param>
/// <param name="Properties">The properties of its input.</param>
/// <param name="Root">The document that references are followed in.</param>
/// <param name="TakesHeaders">A key that its input has no property for goes as a header.</param>
/// <param name="Send">Sends the arguments, by the source's names, and gives the result's JSON or text.</param>
internal sealed record ForeignTool(
    string Name,
    string Description,
    ToolEffect Effect,
    ImmutableArray<(string Name, JsonElement Schema, bool Required)> Properties,
    JsonElement Root,
    bool TakesHeaders,
    Func<JsonObject, CancellationToken, Task<string>> Send)
{
    internal bool Has(string property) => Properties.Any(p => p.Name == property);
}

/// <summary>Makes tools of other systems' tools.</summary>
/// <param name="source">Everything that the source has.</param>
/// <param name="options">How they are imported.</param>
internal sealed class ImportedTool(ImmutableArray<ForeignTool> source, ImportOptions options)
{
    private readonly HashSet<string> _taken = new(options.Taken, StringComparer.Ordinal);

    internal static ToolImport Import(IEnumerable<ForeignTool> tools, IEnumerable<(string Name, string Why)> unusable, ImportOptions options) =>
        new ImportedTool([.. tools], options).Import([.. unusable]);

    private ToolImport Import(ImmutableArray<(string Name, string Why)> unusable)
    {
        var (good, refused) = (ImmutableArray.CreateBuilder<Tool>(), ImmutableArray.CreateBuilder<RefusedTool>());
        foreach (var (name, why) in unusable)
            if (IsWanted(name)) refused.Add(Refused(name, why));
        foreach (var tool in source.Where(t => IsWanted(t.Name)))
        {
            try
            {
                good.Add(Make(tool, Rule(tool.Name) ?? new()));
            }
            catch (UnrepresentableException cannot)
            {
                refused.Add(Refused(tool.Name, cannot.Message));
            }
        }

        ImmutableArray<string> names = [.. source.Select(t => t.Name).Concat(unusable.Select(u => u.Name))];
        return new(good.ToImmutable(), refused.ToImmutable())
        {
            Names = names,
            Unknown = [.. options.Rules.Keys.Concat(options.Only).Distinct().Where(n => !names.Any(has => has == n || ToolNames.Snake(has) == n))],
        };
    }

    private RefusedTool Refused(string name, string why) => new(name, $"{options.Source}: {name} cannot be used: {why}.", Rule(name) is not null || IsListed(name));

    /// <summary>What the operator says of a tool; null = nothing.</summary>
    internal static ImportRule? Rule(string name, ImportOptions options) => options.Rules.GetValueOrDefault(name) ?? options.Rules.GetValueOrDefault(ToolNames.Snake(name));

    private ImportRule? Rule(string name) => Rule(name, options);

    private bool IsListed(string name) => options.Only.Contains(name) || options.Only.Contains(ToolNames.Snake(name));

    private bool IsWanted(string name) => (options.Only.IsEmpty || IsListed(name)) && Rule(name)?.Include != false;

    private Tool Make(ForeignTool tool, ImportRule rule)
    {
        var effect = rule.Effect ?? (options.Trusted ? tool.Effect : ToolEffect.Write);
        if (effect == ToolEffect.Reserve) throw new UnrepresentableException("a reservation needs a release, which an imported tool does not have");
        if (rule.Key is { } key && !tool.TakesHeaders && !tool.Has(key)) throw new UnrepresentableException($"it has no parameter {key} for the effect's key");
        var parameters = Parameters(tool, rule);
        var name = ToolNames.Free(tool.Name, options, _taken) ?? throw new UnrepresentableException("its name is taken, also with the source's name before it");
        var descriptor = new ToolDescriptor
        {
            Name = name,
            Description = tool.Description,
            Effect = effect,
            Parameters = [.. parameters.Where(p => p.Fixed is null).Select(p => p.Parameter)],
            Examples = rule.Examples,
            Requires = rule.Requires,
            Discloses = rule.Discloses,
            Subject = rule.Subject,
            Finds = rule.Finds,
            Grants = rule.Grants,
            MaxAge = rule.MaxAge,
            Phrases = rule.Phrases,
            Deadline = rule.Deadline,
            BackEnd = options.Source,
            CanLookUp = rule.LookUp is not null,
        };
        if (rule.Authorisation is { } authorisation) descriptor = descriptor with { Authorisation = authorisation };
        return new(descriptor, new ImportedFunction(descriptor, parameters, rule.Key, tool.Send, options.ResultCharacters)) { LookUp = LookUp(rule.LookUp) };
    }

    private static ImmutableArray<ImportedSchema> Parameters(ForeignTool tool, ImportRule rule)
    {
        ImmutableArray<ImportedSchema> parameters =
            [.. tool.Properties.Where(p => p.Name != rule.Key).Select(p => ImportedSchema.Of(p.Name, p.Schema, p.Required, tool.Root, rule)).OfType<ImportedSchema>()];
        var twice = parameters.GroupBy(p => p.Parameter.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null) throw new UnrepresentableException($"two of its parameters are called {twice}");
        var known = tool.Properties.Select(p => ToolNames.Snake(p.Name)).ToHashSet(StringComparer.Ordinal);
        if (rule.Parameters.Keys.Append(rule.Subject).FirstOrDefault(n => n is not null && !known.Contains(n)) is { } missing) throw new UnrepresentableException($"it has no parameter {missing}");
        return parameters;
    }

    private ImportedLookUp? Checked(ImportedLookUp? asked, out ForeignTool? read)
    {
        read = asked is null ? null : source.FirstOrDefault(t => t.Name == asked.Tool) ?? throw new UnrepresentableException($"its look-up {asked.Tool} is not there");
        if (read is null) return null;
        var parameter = asked!.Parameter;
        if (!read.Has(parameter)) throw new UnrepresentableException($"its look-up {read.Name} has no parameter {parameter}");
        if (read.Properties.Any(p => p.Required && p.Name != parameter)) throw new UnrepresentableException($"its look-up {read.Name} needs more than the key");
        if (read.Effect is not (ToolEffect.Read or ToolEffect.Disclose)) throw new UnrepresentableException($"its look-up {read.Name} is not a read");
        return asked;
    }

    private LookUpFunction? LookUp(ImportedLookUp? asked) => Checked(asked, out var read) is { } lookUp ? new(lookUp, read!.Send) : null;
}
