using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation.SpeculationBench.Product;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>A planned call with every argument known, also those that other calls find.</summary>
/// <param name="Text">The same call is the same text.</param>
/// <param name="Planned">As planned.</param>
/// <param name="Arguments">All of them.</param>
/// <param name="After">Texts of the calls that it refers to.</param>
internal sealed record ResolvedCall(string Text, PlannedCall Planned, ImmutableSortedDictionary<string, string> Arguments, ImmutableArray<string> After)
{
    public bool IsWrite => ComposedTools.IsWrite(Planned.Tool);

    /// <summary>The calls of a plan, in its order.</summary>
    public static ImmutableArray<ResolvedCall> Of(Plan plan)
    {
        var resolved = ImmutableArray.CreateBuilder<ResolvedCall>();
        foreach (var call in plan.Calls)
        {
            var arguments = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            var after = ImmutableArray.CreateBuilder<string>();
            foreach (var (name, value) in call.Arguments)
            {
                if (value is ArgumentValue.From from)
                {
                    var on = resolved.Last(r => r.Planned.Label == from.Label);
                    arguments[name] = ComposedTools.Field(on.Planned.Tool, on.Arguments, from.Field);
                    after.Add(on.Text);
                }
                else
                {
                    arguments[name] = ((ArgumentValue.Known)value).Canonical;
                }
            }

            resolved.Add(new(Readings.Text(call.Tool, arguments.ToImmutable()), call, arguments.ToImmutable(), after.ToImmutable()));
        }

        return resolved.ToImmutable();
    }
}
