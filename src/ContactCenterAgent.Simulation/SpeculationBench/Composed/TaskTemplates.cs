using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>
/// The forms that tasks are composed of. Each says its words in the order in which callers say them: values early and late, the wish before and behind them.
/// </summary>
internal static class TaskTemplates
{
    private static readonly ImmutableArray<string> Works =
        ["The Long Harbour", "Nine Bridges", "A Winter Map", "Glass Orchard", "The Ferryman", "Salt and Iron", "Paper Lanterns", "The Quiet Mile", "Northern Line", "Red Kites", "Low Tide", "The Clockmaker"];

    private static readonly ImmutableArray<string> Places =
        ["Harbour House", "the Corn Exchange", "Mill Lane Library", "the Old Station", "Queens Wharf", "Saint Brides Hall", "the Botanic Garden", "Castle Street", "the Tide Mill", "Abbey Court"];

    private static readonly ImmutableArray<string> People =
        ["Dana Whitfield", "Omar Reed", "Lucy Tran", "Peter Novak", "Amara Bello", "Ines Costa", "Tom Hadley", "Mei Lin", "Jonas Berg", "Ruth Okafor", "Sam Ortega", "Nadia Haddad"];

    private static readonly ImmutableArray<string> Topics =
        ["the budget", "the new rota", "last week's audit", "the summer party", "the office move", "the water leak", "the spring catalogue", "parking permits"];

    private static readonly ImmutableArray<string> Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly ImmutableArray<string> Times = ["nine", "half past ten", "noon", "two o'clock", "quarter past three", "five"];

    /// <summary>Of each shape, in a fixed order.</summary>
    public static ImmutableArray<Func<Values, Draft>> Of(TaskShape shape) => shape == TaskShape.LookUps
        ? [WhichFirst, WhichOfThree, MakerBorn, WorkThenQuestion, SameCountry, Capital]
        : [Email, Meeting, TextTheWay, PeopleThenWish, NoteByMail, RemindAndRoute, BetweenOffices];

    private static Draft WhichFirst(Values draw)
    {
        var task = new Draft();
        task.Say("which one opened first");
        task.Read("one", "find_place", ("name", task.Value("place", draw.Next(Places))), answers: true);
        task.Say("or");
        task.Read("other", "find_place", ("name", task.Value("place", draw.Next(Places))), answers: true);
        return task;
    }

    private static Draft WhichOfThree(Values draw)
    {
        var task = new Draft();
        task.Say("I wonder which of");
        task.Read("first", "find_place", ("name", task.Value("place", draw.Next(Places))), answers: true);
        task.Read("second", "find_place", ("name", task.Value("place", draw.Next(Places))), answers: true);
        task.Say("and");
        task.Read("third", "find_place", ("name", task.Value("place", draw.Next(Places))), answers: true);
        task.Say("has the most visitors these days");
        return task;
    }

    private static Draft MakerBorn(Values draw)
    {
        var task = new Draft();
        task.Say("where was the director of");
        task.Read("work", "find_work", ("title", task.Value("work", draw.Next(Works))));
        task.Read("maker", "find_person", ("name", Draft.From("work", "director")), answers: true);
        task.Say("born do you know");
        return task;
    }

    // The title says what to look up; what to look up next is said behind it.
    private static Draft WorkThenQuestion(Values draw)
    {
        var task = new Draft();
        task.Say("I saw");
        task.Read("work", "find_work", ("title", task.Value("work", draw.Next(Works))));
        task.Say("last night and I would like to know where the director");
        task.Read("maker", "find_person", ("name", Draft.From("work", "director")), answers: true);
        task.Say("went to school");
        return task;
    }

    private static Draft SameCountry(Values draw)
    {
        var task = new Draft();
        task.Say("were the directors of");
        task.Read("one", "find_work", ("title", task.Value("work", draw.Next(Works))));
        task.Read("maker of one", "find_person", ("name", Draft.From("one", "director")), answers: true);
        task.Say("and");
        task.Read("other", "find_work", ("title", task.Value("work", draw.Next(Works))));
        task.Read("maker of other", "find_person", ("name", Draft.From("other", "director")), answers: true);
        task.Say("born in the same country");
        return task;
    }

    private static Draft Capital(Values draw)
    {
        var task = new Draft();
        task.Say("what is the capital of the country that the author of");
        task.Read("work", "find_work", ("title", task.Value("work", draw.Next(Works))));
        task.Read("maker", "find_person", ("name", Draft.From("work", "author")));
        task.Read("country", "find_country", ("name", Draft.From("maker", "country")), answers: true);
        task.Say("comes from");
        return task;
    }

    private static Draft Email(Values draw)
    {
        var task = new Draft();
        task.Say("please send an email to");
        task.Read("to", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Say("and");
        task.Read("cc", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Say("about");
        task.Write("mail", "send_email", ("to", Draft.From("to", "email")), ("cc", Draft.From("cc", "email")), ("subject", task.Value("topic", draw.Next(Topics))));
        return task;
    }

    private static Draft Meeting(Values draw)
    {
        var task = new Draft();
        task.Say("set up a meeting with");
        task.Read("who", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Say("at");
        task.Read("where", "find_address", ("place", task.Value("place", draw.Next(Places))));
        task.Say("on");
        var day = task.Value("day", draw.Next(Days));
        task.Say("at");
        var time = task.Value("time", draw.Next(Times));
        task.Write("event", "create_event", ("attendee", Draft.From("who", "email")), ("place", Draft.From("where", "address")), ("day", day), ("time", time));
        return task;
    }

    private static Draft TextTheWay(Values draw)
    {
        var task = new Draft();
        task.Say("could you text");
        task.Read("who", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Say("the way to");
        task.Read("where", "find_address", ("place", task.Value("place", draw.Next(Places))));
        task.Read("way", "find_route", ("to", Draft.From("where", "address")));
        task.Write("message", "send_message", ("to", Draft.From("who", "phone")), ("text", Draft.From("way", "summary")));
        task.Say("please");
        return task;
    }

    // Nobody knows what the names are for until the wish comes behind them.
    private static Draft PeopleThenWish(Values draw)
    {
        var task = new Draft();
        var one = task.Value("person", draw.Next(People));
        task.Say("and");
        var other = task.Value("person", draw.Next(People));
        task.Say("both need an email");
        task.Read("to", "find_contact", ("name", one));
        task.Read("cc", "find_contact", ("name", other));
        task.Say("about");
        task.Write("mail", "send_email", ("to", Draft.From("to", "email")), ("cc", Draft.From("cc", "email")), ("subject", task.Value("topic", draw.Next(Topics))));
        task.Say("before the weekend if you can");
        return task;
    }

    private static Draft NoteByMail(Values draw)
    {
        var task = new Draft();
        task.Say("find my note about");
        task.Read("note", "find_note", ("topic", task.Value("topic", draw.Next(Topics))));
        task.Say("and mail it to");
        task.Read("to", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Write("mail", "send_email", ("to", Draft.From("to", "email")), ("subject", Draft.From("note", "title")), ("body", Draft.From("note", "text")));
        return task;
    }

    private static Draft RemindAndRoute(Values draw)
    {
        var task = new Draft();
        task.Say("remind me to ring");
        task.Read("who", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Say("on");
        var day = task.Value("day", draw.Next(Days));
        task.Write("reminder", "create_reminder", ("number", Draft.From("who", "phone")), ("day", day));
        task.Say("and tell me the way to");
        task.Read("where", "find_address", ("place", task.Value("place", draw.Next(Places))));
        task.Read("way", "find_route", ("to", Draft.From("where", "address")), answers: true);
        return task;
    }

    private static Draft BetweenOffices(Values draw)
    {
        var task = new Draft();
        task.Say("how long does it take from");
        task.Read("from", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Say("to");
        task.Read("to", "find_contact", ("name", task.Value("person", draw.Next(People))));
        task.Say("by bus");
        task.Read("way", "find_route", ("from", Draft.From("from", "address")), ("to", Draft.From("to", "address")), answers: true);
        return task;
    }

    /// <summary>Draws values for one task, none of them twice.</summary>
    internal sealed class Values(SpeechDraws draws)
    {
        private readonly HashSet<string> _used = new(StringComparer.Ordinal);
        private int _place;

        public string Next(ImmutableArray<string> of)
        {
            while (true)
            {
                var value = of[draws.Index("value", _place++, of.Length)];
                if (_used.Add(value)) return value;
            }
        }
    }
}
