using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>What speaks for giving a value to a slot, in terms that hold for any service.</summary>
internal static class SlotEvidence
{
    public static string[] Of(SlotText text, List<SlotCandidate> candidates, int at, ServiceDeclaration service, SlotDeclaration slot, DialogueTurn turn, ImmutableArray<ServiceDeclaration> services)
    {
        var value = candidates[at];
        var source = value.Source;
        var names = slot.Name.Split('_');
        var asked = turn.Asked.Contains((service.Name, slot.Name));
        var askedType = turn.Asked.Any(a => services.Any(s => s.Name == a.Service && s.Slots.Any(d => d.Name == a.Slot && d.Type == slot.Type)));
        var about = turn.Service is null ? "unknown" : turn.Service == service.Name ? "same" : "other";
        var used = service.Methods.Values.Any(m => m.Contains(slot.Name));
        var peers = service.Slots.Where(s => s.Type == slot.Type && service.Methods.Values.Any(m => m.Contains(s.Name))).Select(s => s.Name).ToList();
        var order = candidates.Take(at).Count(c => c.Type == value.Type && c.To <= value.From);
        var question = asked ? "asked" : askedType ? "askedpeer" : turn.Asked.Length > 0 ? "askedelse" : "open";
        var filled = turn.Filled.Contains(service.Name + "." + slot.Name);
        var features = new List<string>(64)
        {
            "src=" + source, "q=" + question + source, "svc=" + about, "svcq=" + about + question, "used=" + used, "type=" + slot.Type + used, "one=" + (peers.Count <= 1) + source, "filled=" + filled + question,
            "order=" + Math.Min(order, 2) + "|" + peers.IndexOf(slot.Name) + "of" + peers.Count, "whole=" + (value.To - value.From == text.Words.Length) + question,
            "orderfilled=" + Math.Min(order, 2) + filled + string.Join(',', peers.Select(p => turn.Filled.Contains(service.Name + "." + p) ? 1 : 0)) + peers.IndexOf(slot.Name),
        };
        if (source.StartsWith("tagText", StringComparison.Ordinal)) features.Add("taglabel=" + (names[^1] == source[7..]));
        foreach (var name in names) features.Add("n=" + name + source);
        foreach (var name in names) features.Add("qn=" + question + name);
        var said = names.Concat(slot.Description.ToLowerInvariant().Split(' ').Where(Lexicon.IsContent)).Select(Lexicon.Stem).ToHashSet(StringComparer.Ordinal);
        for (var back = 1; back <= 5; back++)
        {
            var i = value.From - back;
            if (i < 0) break;
            var word = text.Word(i);
            if (said.Contains(Lexicon.Stem(word))) features.Add("namedbefore" + Math.Min(back, 3));
            if (back > 4) continue;
            foreach (var name in names) features.Add((back <= 1 ? "p1=" : "p=") + word + "|" + name);
        }

        for (var ahead = 0; ahead < 3; ahead++)
        {
            var i = value.To + ahead;
            if (i >= text.Words.Length) break;
            var word = text.Word(i);
            if (said.Contains(Lexicon.Stem(word))) features.Add("namedafter" + ahead);
            foreach (var name in names) features.Add((ahead == 0 ? "f1=" : "f=") + word + "|" + name);
        }

        features.Add("front=" + (Numbers.Digit(text.Word(value.From)) is not null ? "digit" : text.Word(value.From) is "a" or "an" or "the" ? text.Word(value.From) : "") + source);
        for (var i = value.From; i < value.To; i++)
            if (said.Contains(Lexicon.Stem(text.Word(i)))) features.Add("namedwithin");
        return [.. features];
    }
}
