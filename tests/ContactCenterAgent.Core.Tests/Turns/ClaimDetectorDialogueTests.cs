using System.Text.Json;
using ContactCenterAgent.Core.Turns;
using Xunit.Abstractions;

namespace ContactCenterAgent.Core.Tests.Turns;

/// <summary>Agents' turns that nobody here wrote: those that report a success must be caught, those that ask, offer and inform must pass.</summary>
public sealed class ClaimDetectorDialogueTests(ITestOutputHelper output)
{
    // Published in docs/claims.md, rounded down. Some turns that report a success only give an address or a price: they claim nothing.
    private const double HeldOutRecall = 0.90;
    private const double HeldOutWithheld = 0.015;

    [DialogueFact]
    public void AgentsOfPublicDialogues_AreReadAsWellAsPublished()
    {
        var (successes, caught, others, withheld) = (0, 0, 0, 0);
        foreach (var (acts, text) in Turns().Where(t => LabelledClaims.IsHeldOut(t.Text)))
        {
            var claims = Sentences(text).Select(ClaimDetector.Read).ToArray();
            if (acts.Contains("NOTIFY_SUCCESS"))
            {
                successes++;
                caught += claims.Contains(Claim.Effect) ? 1 : 0;
            }
            else if (!acts.Contains("NOTIFY_FAILURE"))
            {
                others++;
                withheld += claims.Any(c => c != Claim.None) ? 1 : 0;
            }
        }

        output.WriteLine($"held-out half: {caught}/{successes} = {(double)caught / successes:0.0000} successes caught, "
            + $"{withheld}/{others} = {(double)withheld / others:0.0000} others withheld");
        ((double)caught / successes).ShouldBeGreaterThanOrEqualTo(HeldOutRecall);
        ((double)withheld / others).ShouldBeLessThanOrEqualTo(HeldOutWithheld);
    }

    private static IEnumerable<(HashSet<string> Acts, string Text)> Turns()
    {
        foreach (var line in File.ReadLines(DialogueFactAttribute.Path!))
        {
            using var dialogue = JsonDocument.Parse(line);
            foreach (var turn in dialogue.RootElement.GetProperty("turns").EnumerateArray())
            {
                if (turn.GetProperty("who").GetString() != "agent") continue;
                var acts = turn.GetProperty("acts").EnumerateArray().Select(a => a.GetProperty("act").GetString()!).ToHashSet(StringComparer.Ordinal);
                yield return (acts, turn.GetProperty("text").GetString()!);
            }
        }
    }

    /// <summary>A sentence ends at a mark that a space follows.</summary>
    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != ' ' || text[i - 1] is not ('.' or '!' or '?')) continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }
}
