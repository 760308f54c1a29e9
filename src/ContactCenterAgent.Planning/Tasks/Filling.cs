using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;
using NodaTime.Text;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>Gives the values in a stretch of words to the parameters of a task and of the reads that it chains to.</summary>
internal sealed class Filling(ToolSet tools, Token[] tokens, bool[] used)
{
    /// <summary>Below this a value is not taken for an argument.</summary>
    private const double AcceptMin = 0.5;

    private readonly record struct Fit(ValueSpan Value, ToolDescriptor Owner, ToolParameter Parameter, double Score);

    /// <summary>A value at the end of the words is still being said.</summary>
    public bool MidValue { get; private set; }

    /// <summary>Fills what the words between two tokens say.</summary>
    /// <returns>How sure the least sure accepted value is; null where nothing was accepted.</returns>
    public double? Fill(WorkTask task, List<ValueSpan> values, int from, int to, IReadOnlyList<OpenArgument> asked, LocalDate today)
    {
        var fits = new List<Fit>();
        var owners = tools.Chain.Of(task.Tool);
        foreach (var value in values)
        {
            if (value.From < from || value.To > to || IsUsed(value)) continue;
            for (var depth = 0; depth < owners.Length; depth++)
                foreach (var parameter in owners[depth].Parameters)
                    if (Score(value, owners[depth], parameter, depth, asked, today) is var score && score >= AcceptMin)
                        fits.Add(new(value, owners[depth], parameter, score));
        }

        var chosen = Choose(fits);
        double? least = null;
        foreach (var fit in chosen)
        {
            for (var i = fit.Value.From; i < fit.Value.To; i++) used[i] = true;
            if (!fit.Value.Complete)
            {
                MidValue |= fit.Value.To == tokens.Length;
                continue;
            }

            var key = task.Key(fit.Owner.Name, fit.Parameter.Name);
            if (Negated(fit.Value.From))
            {
                if (task.Arguments.GetValueOrDefault(key) == fit.Value.Canonical) task.Arguments.Remove(key);
                task.Touched = true;
                continue;
            }

            task.Set(key, Merge(task, key, fit, chosen), Words(fit.Value));
            least = Math.Min(least ?? 1, Math.Min(fit.Score, 1));
        }

        return least;
    }

    /// <summary>What a place or free words are worth that are told only by the word before them.</summary>
    private const double FreeConfidence = 0.55;

    private const int FreeMax = 5;

    /// <summary>
    /// Gives places and free words that no recogniser knows ("a taxi to the station") to parameters that are still empty: the words behind a word that stands before the
    /// parameter in an example, up to the next preposition, pause or value.
    /// </summary>
    /// <returns>How sure; null where nothing was found.</returns>
    public double? FillFree(WorkTask task, int from, int to)
    {
        double? sure = null;
        foreach (var parameter in task.Tool.Parameters)
        {
            if (parameter.Type is not (ParameterType.Place or ParameterType.Text) || task.Arguments.ContainsKey(parameter.Name) || Free(task.Tool, parameter, from, to) is not var (first, next)) continue;
            for (var i = first; i < next; i++) used[i] = true;
            var words = tokens[first..next].Select(t => parameter.Type == ParameterType.Place ? NameReader.Capital(t.Text) : t.Text);
            task.Set(parameter.Name, string.Join(' ', words), Enumerable.Range(first, next - first).Select(i => tokens[i].Word).Distinct());
            sure = FreeConfidence;
        }

        return sure;
    }

    private (int From, int To)? Free(ToolDescriptor tool, ToolParameter parameter, int from, int to)
    {
        for (var lead = to - 2; lead >= from; lead--)
        {
            if (tokens[lead].Break != '\0' || !tools.StandsBefore(tokens[lead].Text, tool.Name, parameter.Name)) continue;
            var first = lead + 1;
            while (first < to && tokens[first].Text is "the" or "a" or "an" or "my") first++;
            var next = first;
            while (next < to && next - first < FreeMax && !used[next] && !Lexicon.IsFunction(tokens[next].Text) && !Lexicon.Fillers.Contains(tokens[next].Text) && (next == first || tokens[next - 1].Break == '\0')) next++;
            if (next > first && !tools.IsFixed(tokens[first].Text, tool.Name) && !Lexicon.Common.Contains(tokens[first].Text)) return (first, next);
        }

        return null;
    }

    private bool IsUsed(ValueSpan value)
    {
        for (var i = value.From; i < value.To; i++) if (used[i]) return true;
        return false;
    }

    private IEnumerable<int> Words(ValueSpan value) => Enumerable.Range(value.From, value.Length).Select(i => tokens[i].Word).Distinct();

    /// <summary>The best reading of every stretch of words, in order of speech: later values then take the place of earlier ones.</summary>
    private List<Fit> Choose(List<Fit> fits)
    {
        fits.Sort((a, b) => Weight(b).CompareTo(Weight(a)) is var order and not 0 ? order : a.Value.From.CompareTo(b.Value.From));
        var chosen = new List<Fit>();
        foreach (var fit in fits)
        {
            if (chosen.Exists(c => c.Value.Overlaps(fit.Value))) continue;
            var rival = chosen.Find(c => c.Parameter == fit.Parameter && c.Owner == fit.Owner && c.Value.Complete);
            if (rival.Parameter is not null && !Corrected(rival.Value, fit.Value)
                && fits.Find(f => f.Value == fit.Value && f.Parameter != fit.Parameter && f.Score > fit.Score - 0.5 && f.Parameter.Type == fit.Parameter.Type && f.Owner == fit.Owner
                    && !chosen.Exists(c => c.Parameter == f.Parameter)) is { Parameter: not null } other)
                chosen.Add(other);
            else
                chosen.Add(fit);
        }

        chosen.Sort((a, b) => a.Value.From.CompareTo(b.Value.From));
        return chosen;
    }

    private static double Weight(Fit fit) => fit.Score + 0.04 * Math.Min(fit.Value.Length, 8) + (fit.Value.Complete ? 0 : -0.1);

    private bool Corrected(ValueSpan a, ValueSpan b)
    {
        for (var i = Math.Min(a.To, b.To); i < Math.Max(a.From, b.From); i++) if (Lexicon.Corrections.Contains(tokens[i].Text)) return true;
        return false;
    }

    private double Score(ValueSpan value, ToolDescriptor owner, ToolParameter parameter, int depth, IReadOnlyList<OpenArgument> asked, LocalDate today)
    {
        if (!Serves(value, parameter)) return 0;
        var isAsked = false;
        foreach (var open in asked) isAsked |= open.Parameter == parameter.Name && open.Tool == owner.Name;
        var led = Led(value.From, owner.Name, parameter.Name);
        var score = value.Confidence + (isAsked ? 0.45 : 0) + (led ? 0.25 : 0) - 0.02 * depth;
        if (value.Bare && !isAsked && !led) score -= 0.25;
        if (value.Type is ParameterType.Date or ParameterType.DateRange && LocalDatePattern.Iso.Parse(value.Canonical[..10]).Value < today) score -= 0.4;
        return score;
    }

    private bool Serves(ValueSpan value, ToolParameter parameter) => parameter.Type switch
    {
        ParameterType.Choice or ParameterType.Reference => value.Type == parameter.Type && value.Kind == tools.Kinds.KindOf(parameter),
        ParameterType.DateRange => value.Type is ParameterType.Date or ParameterType.DateRange,
        ParameterType.TimeRange => value.Type is ParameterType.Time or ParameterType.TimeRange,
        ParameterType.EntityId => false,
        _ => value.Type == parameter.Type,
    };

    /// <summary>One of the three words before the value leads to the parameter.</summary>
    private bool Led(int from, string owner, string parameter)
    {
        for (var i = from - 1; i >= 0 && i >= from - 3; i--)
        {
            if (tools.LeadsTo(tokens[i].Text, owner, parameter)) return true;
            if (used[i]) return false;
        }

        return false;
    }

    private bool Negated(int from)
    {
        for (var i = from - 1; i >= 0 && i >= from - 3; i--)
        {
            if (tokens[i].Text is "not" or "isn't" or "except" or "aren't") return true;
            if (tokens[i].Text is not ("on" or "the" or "at" or "a" or "in" or "for" or "this" or "with") || tokens[i].Break != '\0') return false;
        }

        return false;
    }

    /// <summary>A part of the day and a time within it are one wish, a weekday and the week that it lies in too.</summary>
    private string Merge(WorkTask task, string key, Fit fit, List<Fit> chosen)
    {
        var canonical = fit.Value.Canonical;
        var before = chosen.FindLast(c => c.Parameter == fit.Parameter && c.Owner == fit.Owner && c.Value.Complete && c.Value.To <= fit.Value.From);
        if (before.Parameter is null || Corrected(before.Value, fit.Value) || !task.Arguments.TryGetValue(key, out var held)) return canonical;
        return fit.Parameter.Type switch
        {
            ParameterType.TimeRange => Narrowed.Time(held, canonical),
            ParameterType.DateRange => Narrowed.Date(held, canonical),
            _ => canonical,
        };
    }
}
