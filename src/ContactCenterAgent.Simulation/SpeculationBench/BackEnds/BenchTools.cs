using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Simulation.SpeculationBench.BackEnds;

/// <summary>How the back ends' methods are declared as tools.</summary>
internal sealed record BenchToolOptions
{
    /// <summary>Reservations can be held. Default: yes.</summary>
    public bool Reserve { get; init; } = true;

    /// <summary>Plain results have phrases, so no model has to word them. Default: yes.</summary>
    public bool Phrases { get; init; } = true;

    /// <summary>Reads may start with arguments left open. Default: no.</summary>
    public bool Widen { get; init; }
}

/// <summary>The methods of a dialogue's services as tools on a fake back end.</summary>
internal sealed class BenchTools(ServiceCatalogue services, ServiceTables tables, BenchToolOptions options)
{
    private const int WideRows = 200;
    private static readonly TimeSpan RowCost = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private static readonly HoldTerms Hold = new(TimeSpan.FromMinutes(3), "", TimeSpan.FromMinutes(3));

    private readonly Dictionary<string, ToolDescriptor> _descriptors = new(StringComparer.Ordinal);

    public BenchToolOptions Options => options;

    /// <summary>How a method is declared.</summary>
    public ToolDescriptor Descriptor(ServiceMethod method)
    {
        if (!_descriptors.TryGetValue(method.Name, out var descriptor)) _descriptors[method.Name] = descriptor = Declare(method);
        return descriptor;
    }

    /// <summary>What a read with open arguments takes for its rows: 2 ms each. A narrow one pays nothing more than its draw.</summary>
    public TimeSpan Width(string name, IReadOnlyDictionary<string, object?> arguments)
    {
        if (services.Method(name) is not { IsWrite: false } method || method.Required.All(arguments.ContainsKey)) return TimeSpan.Zero;
        return RowCost * Math.Min(WideRows, tables.Find(method, Known(arguments)).Count());
    }

    private static ImmutableSortedDictionary<string, string> Known(IReadOnlyDictionary<string, object?> arguments) =>
        arguments.Where(a => a.Value is string).ToImmutableSortedDictionary(a => a.Key, a => (string)a.Value!, StringComparer.Ordinal);

    /// <summary>The tools of a dialogue.</summary>
    /// <param name="names">Its services.</param>
    /// <param name="backEnd">Keeps time and what was done.</param>
    /// <param name="refuses">Whether a write with these arguments was refused in the recording.</param>
    /// <param name="unrecorded">Told of every read that was never recorded.</param>
    public ImmutableArray<Tool> For(IEnumerable<string> names, FakeBackEnd backEnd, Func<string, IReadOnlyDictionary<string, object?>, bool> refuses, Action<string> unrecorded) =>
        [.. names.Distinct().SelectMany(services.Of).Select(method => Make(method, backEnd, refuses, unrecorded))];

    private Tool Make(ServiceMethod method, FakeBackEnd backEnd, Func<string, IReadOnlyDictionary<string, object?>, bool> refuses, Action<string> unrecorded)
    {
        var descriptor = Descriptor(method);
        return descriptor.Effect switch
        {
            ToolEffect.Read => backEnd.Read(descriptor, arguments =>
            {
                var known = Known(arguments);
                if (!tables.IsRecorded(method, known)) unrecorded(method.Name);
                return ServiceTables.Json([.. tables.Find(method, known)], options.Widen ? WideRows : null);
            }),
            // What the recorded back end refused, it refused when the caller had said yes.
            ToolEffect.Reserve => backEnd.Reserve(descriptor, _ => """{"held":"yes"}""", Effect),
            _ => backEnd.Write(descriptor, Effect),
        };

        string Effect(IReadOnlyDictionary<string, object?> arguments) =>
            refuses(method.Name, arguments) ? throw new ToolRefusedException("not_available") : """{"done":"yes"}""";
    }

    private ToolDescriptor Declare(ServiceMethod method)
    {
        var effect = EffectLabels.Of(method, options.Reserve);
        var parameters = method.Required.Select(p => Parameter(method, p, null)).Concat(method.Optional.Select(o => Parameter(method, o.Key, o.Value))).ToImmutableArray();
        return new()
        {
            Name = method.Name,
            Description = method.Description,
            Effect = effect,
            // The recorded agent reads every change back and waits for a yes.
            Authorisation = Authorisation.OnYes,
            Parameters = parameters,
            MaxAge = MaxAge,
            BackEnd = method.Service,
            Hold = effect == ToolEffect.Reserve ? Hold with { ExclusiveGroup = method.Name } : null,
            Widens = effect == ToolEffect.Read && options.Widen && method.Required.Length > 1
                ? new(method.Required.ToImmutableSortedDictionary(p => p, p => p, StringComparer.Ordinal), WideRows, MaxAge)
                : null,
            CanLookUp = effect != ToolEffect.Read,
            Phrases = Phrases(effect, method),
        };
    }

    private ToolPhrases Phrases(ToolEffect effect, ServiceMethod method) => effect == ToolEffect.Read
        ? options.Phrases ? new() { One = "I have one for you.", Many = "I have {count} for you.", Nothing = "I found nothing for that." } : ToolPhrases.None
        : new() { ReadBack = string.Join(' ', method.Parameters.Select(p => "{" + p + "}")), Done = "That's done.", Refused = "I'm sorry, that was not possible." };

    private static ToolParameter Parameter(ServiceMethod method, string name, string? fallback) => new()
    {
        Name = name,
        Type = ParameterType.Text,
        Required = fallback is null,
        Default = fallback,
        Description = method.Slots.GetValueOrDefault(name, ""),
        Ask = $"Which {name.Replace('_', ' ')}?",
    };
}
