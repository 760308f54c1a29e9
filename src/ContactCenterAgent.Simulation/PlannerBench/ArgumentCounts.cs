using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Right, extra and missed arguments of calls, and whole calls.</summary>
internal sealed class ArgumentCounts
{
    private readonly SortedDictionary<string, (int Right, int Extra, int Missed)> _services = new(StringComparer.Ordinal);
    private int _methods, _exact;

    public int Calls { get; private set; }

    public Confusions Worst { get; } = new();

    public void Call(bool method)
    {
        Calls++;
        if (method) _methods++;
    }

    public void ExactCall() => _exact++;

    public void Argument(string service, string parameter, string? said, string? wanted, bool inWords, bool right)
    {
        if (said is null && !inWords) return;
        var wrong = said is not null && !right;
        var now = _services.GetValueOrDefault(service);
        _services[service] = (now.Right + (inWords && right ? 1 : 0), now.Extra + (wrong ? 1 : 0), now.Missed + (inWords && !right ? 1 : 0));
        if (wrong) Worst.Count($"{parameter}: {(wanted is null ? "nothing" : inWords ? "another value" : "a value not said")} was meant", $"{said} for {wanted ?? "nothing"}");
        else if (inWords && !right) Worst.Count($"{parameter}: missed", wanted!);
    }

    private (int Right, int Extra, int Missed) Total => _services.Values.Aggregate((Right: 0, Extra: 0, Missed: 0), (a, b) => (a.Right + b.Right, a.Extra + b.Extra, a.Missed + b.Missed));

    /// <summary>Right, extra and missed: with them runs over different services add up to one figure.</summary>
    public JsonObject Json() => new() { ["right"] = Total.Right, ["extra"] = Total.Extra, ["missed"] = Total.Missed };

    public double F1 => Of(Total);

    public double Precision => Math.Round(Total.Right / Math.Max(1.0, Total.Right + Total.Extra), 4);

    public double Recall => Math.Round(Total.Right / Math.Max(1.0, Total.Right + Total.Missed), 4);

    public double Exact => Math.Round(_exact / Math.Max(1.0, Calls), 4);

    public double Method => Math.Round(_methods / Math.Max(1.0, Calls), 4);

    private static double Of((int Right, int Extra, int Missed) n) => Math.Round(2.0 * n.Right / Math.Max(1, 2 * n.Right + n.Extra + n.Missed), 4);

    public JsonObject ByService()
    {
        var all = new JsonObject();
        foreach (var (service, n) in _services) all[service] = Of(n);
        return all;
    }
}
