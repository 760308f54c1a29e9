using System.Collections.Frozen;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation.PlannerBench;

namespace ContactCenterAgent.Simulation.SpeculationBench.BackEnds;

/// <summary>Which effect each method has, from the published file <c>effects.json</c>.</summary>
internal static class EffectLabels
{
    private static readonly FrozenDictionary<string, ToolEffect> Labels = Read();

    /// <summary>The effect of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="reserve">Whether reservations may be held; without, they are plain writes.</param>
    public static ToolEffect Of(ServiceMethod method, bool reserve)
    {
        if (!method.IsWrite) return ToolEffect.Read;
        var effect = Labels.GetValueOrDefault(method.Name, ToolEffect.Write);
        return effect == ToolEffect.Reserve && !reserve ? ToolEffect.Write : effect;
    }

    private static FrozenDictionary<string, ToolEffect> Read()
    {
        using var stream = typeof(EffectLabels).Assembly.GetManifestResourceStream("SpeculationBench/effects.json")!;
        var file = (JsonObject)JsonNode.Parse(stream)!;
        return new[] { ToolEffect.Reserve, ToolEffect.Irreversible }
            .SelectMany(effect => file.Strings(effect.ToString()).Select(method => (method, effect)))
            .ToFrozenDictionary(l => l.method, l => l.effect, StringComparer.Ordinal);
    }
}
