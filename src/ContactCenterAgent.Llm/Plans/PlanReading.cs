using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>One answer of a model, folded into a planner's events as it is being written.</summary>
internal sealed class PlanReading(PlanRequest request, ChatPlannerOptions options)
{
    private const int SentencesMax = 6;
    private readonly PlanJson _json = new();
    private readonly PlanReader _reader = new(request, options.CallsMax);
    private readonly Sentences _sentences = new();
    private readonly HashSet<string> _said = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PlanPiece> _pieces = [];

    /// <summary>The whole plan has been given.</summary>
    internal bool HasPlan { get; private set; }

    /// <summary>What is wrong with the answer, in a sentence for the model; null = nothing so far.</summary>
    internal string? Error { get; private set; }

    /// <summary>The closing brace has been read.</summary>
    internal bool IsWhole => _json.IsWhole;

    /// <summary>The model repeats itself or does not come to an end: trying again would not help.</summary>
    internal bool Loops { get; private set; }

    /// <summary>What the model wrote.</summary>
    internal string Text => _json.Text;

    /// <summary>Reads on.</summary>
    internal IEnumerable<CallEvent> Take(string text)
    {
        _json.Add(text, _pieces);
        foreach (var piece in _pieces)
        {
            if (Error is not null || Loops) break;
            foreach (var happened in Take(piece)) yield return happened;
        }

        _pieces.Clear();
        Loops |= _json.Characters > options.CharactersMax || _reader.Loops;
        if (_json.IsBroken) Error ??= "The answer is not valid JSON.";
    }

    private IEnumerable<CallEvent> Take(PlanPiece piece)
    {
        switch (piece)
        {
            case PlanPiece.Begun:
                yield return new PlanProposed(default, request.Generation, _reader.Growing);
                break;
            case PlanPiece.Call call:
                Error = _reader.Add(call.Json);
                if (Error is null) yield return new PlanProposed(default, request.Generation, _reader.Growing);
                break;
            case PlanPiece.Head head:
                (var plan, Error) = _reader.Finish(head.Properties);
                HasPlan = plan is not null;
                if (plan is not null) yield return new PlanProposed(default, request.Generation, plan);
                break;
            case PlanPiece.Reply reply:
                foreach (var sentence in _sentences.Add(reply.Text))
                    if (Sentence(sentence) is { } said) yield return said;
                break;
            case PlanPiece.Whole:
                if (Sentence(_sentences.Take()) is { } last) yield return last;
                break;
        }
    }

    // A sentence said twice is a loop; one in another language cannot be checked for claims.
    private ReplySentence? Sentence(string? text)
    {
        if (text is null || Loops) return null;
        Loops = !_said.Add(text) || _said.Count > SentencesMax;
        if (Loops) return null;
        if (EnglishReply.Is(text)) return new(default, request.Generation, Pii.Of(text));
        LlmMetrics.SentencesDropped.Add(1);
        return null;
    }
}
