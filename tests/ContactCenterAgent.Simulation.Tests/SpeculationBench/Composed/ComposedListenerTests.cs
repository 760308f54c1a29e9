using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Composed;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Composed;

public sealed class ComposedListenerTests
{
    [Fact]
    public void Plans_OfTheSameFirstWords_AreTheSameWhateverComesAfterThem()
    {
        var (one, other) = (Task(mails: true), Task(mails: false));
        var shared = Plans(one).Zip(Plans(other)).TakeWhile(p => p.First.Words == p.Second.Words).ToList();

        shared.Count.ShouldBe(9);
        shared.ShouldAllBe(p => p.First.Plan == p.Second.Plan);
        shared.Count(p => p.First.Plan.Length > 0).ShouldBe(2, "the note is wanted with its last word, and looked up while more is said");
    }

    [Fact]
    public void Call_ThatRefersToAnother_IsPlannedWithTheWordThatAsksForIt()
    {
        var plans = Plans(Task(mails: true)).Select(p => p.Plan).ToList();

        plans[^2].ShouldBe("find_note(topic=parking permits)");
        plans[^1].ShouldBe("find_note(topic=parking permits) | find_contact(name=Dana Whitfield) | send_email(subject=$note.title, to=$to.email)");
    }

    // "could you find my note about parking permits and mail it to Dana Whitfield", or "and read it out to me".
    private static ComposedTask Task(bool mails)
    {
        var task = new Draft();
        task.Say("could you find my note about");
        task.Read("note", "find_note", ("topic", task.Value("topic", "parking permits")), answers: !mails);
        task.Say("and");
        if (mails)
        {
            task.Say("mail it to");
            task.Read("to", "find_contact", ("name", task.Value("person", "Dana Whitfield")));
            task.Write("mail", "send_email", ("to", Draft.From("to", "email")), ("subject", Draft.From("note", "title")));
        }
        else
        {
            task.Say("read it out to me");
        }

        return task.Done(TaskShape.Assistant, "note");
    }

    // What the caller wants to hear is not known before the end: whether a result is the answer may change, the calls may not.
    private static IEnumerable<(string Words, string Plan)> Plans(ComposedTask task)
    {
        var spoken = TurnStream.Of(task.Dialogue, task.Dialogue.Turns[0], new(), WrongValues.None);
        var listener = new ComposedListener(task);
        listener.Begin(spoken, TimeSpan.Zero);
        for (var count = 1; count <= spoken.Words.Length; count++)
        {
            var words = spoken.Words.Take(count).Select(w => new Word(w.Text, w.From, w.To, true)).ToArray();
            yield return (string.Join(' ', words.Select(w => w.Text)), string.Join(" | ", listener.Propose([.. words], WordsHash.Of([.. words])).Calls.Select(Text)));
        }
    }

    private static string Text(PlannedCall call) => $"{call.Tool}({string.Join(", ", call.Arguments.Select(a => $"{a.Key}={Text(a.Value)}"))})";

    private static string Text(ArgumentValue value) => value is ArgumentValue.From from ? $"${from.Label}.{from.Field}" : ((ArgumentValue.Known)value).Canonical;
}
