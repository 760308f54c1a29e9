using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Llm.Imports;

namespace ContactCenterAgent.Host.Agents;

/// <summary>The operator's settings of a source, as the import takes them.</summary>
internal static class ImportSettings
{
    /// <summary>The options of a source.</summary>
    /// <param name="source">Its settings.</param>
    /// <param name="path">Where they stand, for messages.</param>
    /// <param name="taken">Names of tools that are there already.</param>
    /// <exception cref="SettingException">A rule names nothing, or two rules name the same.</exception>
    public static ImportOptions Options(ToolSourceSettings source, string path, IEnumerable<string> taken) => new()
    {
        Source = source.Name,
        Prefix = source.Prefix,
        Only = [.. source.Only],
        Trusted = source.Trusted,
        ResultCharacters = source.ResultCharacters,
        Taken = [.. taken],
        Rules = Named($"{path}:Rules", source.Rules, r => r.Tool, "Tool").ToImmutableSortedDictionary(r => r.Key, r => Rule(r.Value.Rule, r.Value.Path), StringComparer.Ordinal),
    };

    private static ImportRule Rule(ToolRuleSettings rule, string path) => new()
    {
        Include = rule.Include,
        Effect = rule.Effect,
        Authorisation = rule.Authorisation,
        Examples = [.. rule.Examples],
        Requires = rule.Requires,
        Discloses = rule.Discloses,
        Subject = rule.Subject,
        Finds = rule.Finds is { } finds ? new(finds.Entity, finds.IdField) : null,
        Grants = rule.Grants is { } grants ? new(grants.Level, grants.Field, grants.Value, grants.SubjectField) : null,
        Parameters = Named($"{path}:Parameters", rule.Parameters, p => p.Name, "Name").ToImmutableSortedDictionary(p => ImportNames.Ours(p.Key), p => Parameter(p.Value.Rule), StringComparer.Ordinal),
        Phrases = Phrases(rule.Phrases),
        Deadline = rule.Deadline,
        MaxAge = rule.MaxAge,
        Key = rule.Key,
        LookUp = rule.LookUp is { } lookUp ? new(lookUp.Tool, lookUp.Parameter, lookUp.AbsentIsFinal) : null,
    };

    private static ParameterRule Parameter(ParameterRuleSettings says) => new()
    {
        Include = says.Include,
        Type = says.Type,
        Ask = says.Ask,
        Entity = says.Entity,
        EntityField = says.EntityField,
        Pattern = says.Pattern,
        Fixed = says.Fixed,
    };

    private static ToolPhrases Phrases(PhraseSettings phrases) => new()
    {
        Echo = phrases.Echo,
        One = phrases.One,
        Many = phrases.Many,
        Row = phrases.Row,
        Nothing = phrases.Nothing,
        ReadBack = phrases.ReadBack,
        Done = phrases.Done,
        Refused = phrases.Refused,
    };

    private static Dictionary<string, (T Rule, string Path)> Named<T>(string path, T[] rules, Func<T, string> nameOf, string key)
    {
        var named = new Dictionary<string, (T, string)>(StringComparer.Ordinal);
        foreach (var (i, rule) in rules.Index())
        {
            var name = nameOf(rule);
            if (name.Length == 0) throw new SettingException($"{path}:{i}:{key} is missing. Allowed: a name.");
            if (!named.TryAdd(name, (rule, $"{path}:{i}"))) throw new SettingException($"{path} has {name} twice. Allowed: one each.");
        }

        return named;
    }
}
