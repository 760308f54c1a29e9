using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Calls;

/// <summary>A front desk with one tool of every kind, and a planner that reads a handful of key words: small enough to see through in a test.</summary>
internal static class Desk
{
    public static readonly ToolDescriptor FindCustomer = new()
    {
        Name = "find_customer",
        Effect = ToolEffect.Read,
        BackEnd = "crm",
        Discloses = AssuranceLevel.Verified,
        Parameters = [Parameter("name", ParameterType.PersonName, "Who is calling, please?")],
        Finds = new("customer", "customer_id"),
        Grants = new(AssuranceLevel.Identified, "identified", "true", "customer_id"),
    };

    public static readonly ToolDescriptor Verify = new()
    {
        Name = "verify",
        Effect = ToolEffect.Read,
        BackEnd = "crm",
        Discloses = AssuranceLevel.Verified,
        Parameters = [Parameter("name", ParameterType.PersonName, "Who is calling, please?"), Parameter("pin", ParameterType.Digits, "What is your PIN?")],
        Finds = new("customer", "customer_id"),
        Grants = new(AssuranceLevel.Verified, "verified", "true", "customer_id"),
    };

    public static readonly ToolDescriptor Balance = new()
    {
        Name = "balance",
        Effect = ToolEffect.Read,
        BackEnd = "crm",
        Subject = "customer_id",
        Requires = AssuranceLevel.Verified,
        Discloses = AssuranceLevel.Verified,
        Parameters = [Parameter("customer_id", ParameterType.EntityId)],
        Phrases = new() { One = "Your balance is {balance}." },
    };

    public static readonly ToolDescriptor Slots = new()
    {
        Name = "slots",
        Effect = ToolEffect.Read,
        BackEnd = "diary",
        Parameters = [Parameter("day", ParameterType.Text, "What day?"), Parameter("who", ParameterType.Text) with { Required = false }],
        Finds = new("slot", "slot_id"),
        Widens = new(ImmutableSortedDictionary<string, string>.Empty.Add("who", "who"), 20, TimeSpan.FromSeconds(30)),
        Phrases = new() { One = "{start} is free.", Many = "{rows} are free.", Row = "{start}", Nothing = "Nothing is free then." },
    };

    public static readonly ToolDescriptor Book = new()
    {
        Name = "book",
        Effect = ToolEffect.Reserve,
        BackEnd = "diary",
        Requires = AssuranceLevel.Identified,
        CanLookUp = true,
        Parameters = [Parameter("customer_id", ParameterType.EntityId), Parameter("slot_id", ParameterType.EntityId), Parameter("note", ParameterType.Wording) with { Required = false }],
        Hold = new(TimeSpan.FromMinutes(3), "slot", TimeSpan.FromSeconds(90)),
        Phrases = new() { ReadBack = "An appointment on {start}", Done = "Booked for {start}.", Refused = "That time has just gone." },
    };

    public static readonly ToolDescriptor Table = new()
    {
        Name = "table",
        Effect = ToolEffect.Write,
        BackEnd = "table",
        CanLookUp = true,
        Parameters = [Parameter("seats", ParameterType.Count, "For how many?")],
        Phrases = new() { ReadBack = "A table for {seats}", Done = "A table for {seats} is set." },
    };

    public static readonly ToolDescriptor Close = new()
    {
        Name = "close",
        Effect = ToolEffect.Irreversible,
        BackEnd = "crm",
        Requires = AssuranceLevel.Verified,
        Subject = "customer_id",
        Parameters = [Parameter("customer_id", ParameterType.EntityId)],
        Phrases = new() { ReadBack = "Your account will be closed", Done = "Your account is closed." },
    };

    public static readonly ToolDescriptor Hours = new()
    {
        Name = "hours",
        Effect = ToolEffect.Read,
        Phrases = new() { One = "We open at {opens}." },
    };

    public static AgentSettings Settings { get; } = new() { Tools = [FindCustomer, Verify, Balance, Slots, Book, Table, Close, Hours] };

    private static ToolParameter Parameter(string name, ParameterType type, string? ask = null) => new() { Name = name, Type = type, Ask = ask };

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    private static readonly string[] Counts = ["two", "three", "four", "fifteen", "fifty"];

    /// <summary>
    /// "book", "slots", "balance", "close", "table", "hours" are wishes; a day, a count, "name X", "pin N" and "with X" are arguments, the last one said counts;
    /// "forget" takes all back, "person" asks for one, "bye" says goodbye, "again" wants a new look, "another" one more, "maybe" is no request.
    /// </summary>
    public static Plan Plan(PlanRequest request)
    {
        var words = request.Turn.Words.Select(w => w.Text.ToLowerInvariant().Trim(',', '.', '?')).ToArray();
        var said = request.Tasks.SelectMany(t => t.Arguments).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Last().Value);
        foreach (var known in request.Known) foreach (var (name, value) in known.Arguments) if (name is "name" or "pin") said.TryAdd(name, value);
        var at = new Dictionary<string, int>();
        for (var i = 0; i < words.Length; i++)
        {
            if (Days.Contains(words[i])) Take("day", words[i], i);
            if (Counts.Contains(words[i])) Take("seats", words[i], i);
            if (i == 0) continue;
            if (words[i - 1] == "name") Take("name", words[i], i);
            if (words[i - 1] == "pin") Take("pin", words[i], i);
            if (words[i - 1] == "with") Take("who", words[i], i);
        }

        var calls = ImmutableArray.CreateBuilder<PlannedCall>();
        var ask = ImmutableArray.CreateBuilder<OpenArgument>();
        var tasks = ImmutableArray.CreateBuilder<PlanTask>();
        foreach (var tool in new[] { "slots", "book", "balance", "close", "table", "hours" })
        {
            var now = Array.IndexOf(words, tool);
            if (now >= 0 || request.Tasks.Any(t => t.Id == tool)) Wish(tool, now);
        }

        return new()
        {
            Read = request.Hash,
            Calls = calls.ToImmutable(),
            Ask = ask.ToImmutable(),
            Tasks = words.Contains("forget") ? [] : tasks.ToImmutable(),
            Withdrawn = words.Contains("forget") ? [.. request.Tasks.Select(t => t.Id)] : [],
            Affirmation = request.ReadBack is null ? Affirmation.None : PlainWords.ReadAnswer(request.Turn.Words),
            Act = words.Contains("person") ? TurnAct.WantsPerson : words.Contains("bye") ? TurnAct.Goodbye : TurnAct.None,
            Complete = ask.Count == 0 && calls.Count > 0,
            Explained = calls.Count > 0,
        };

        void Take(string name, string value, int index) => (said[name], at[name]) = (value, index);

        void Wish(string tool, int now)
        {
            tasks.Add(new(tool, tool, said.ToImmutableSortedDictionary()));
            switch (tool)
            {
                case "slots": Call("slots", tool, now, answers: true, "day", "who?"); break;
                case "hours": Call("hours", tool, now, answers: true); break;
                case "table": Call("table", tool, now, answers: false, "seats"); break;
                case "book":
                    if (Call("slots", tool, now, false, "day", "who?") & Call("find_customer", tool, now, false, "name")) Call("book", tool, now, false, "slot_id=slots.slot_id", "customer_id=find_customer.customer_id");
                    break;
                default:
                    if (Call("verify", tool, now, false, "name", "pin")) Call(tool, tool, now, tool == "balance", "customer_id=verify.customer_id");
                    break;
            }
        }

        bool Call(string tool, string task, int now, bool answers, params string[] parameters)
        {
            var arguments = ImmutableSortedDictionary.CreateBuilder<string, ArgumentValue>();
            var evidence = ImmutableArray.CreateBuilder<int>();
            if (now >= 0) evidence.Add(now);
            var whole = true;
            foreach (var parameter in parameters)
            {
                if (parameter.Split('=') is [var target, var source]) arguments[target] = new ArgumentValue.From(task + "." + source.Split('.')[0], source.Split('.')[1]);
                else if (said.TryGetValue(parameter.TrimEnd('?'), out var value))
                {
                    arguments[parameter.TrimEnd('?')] = new ArgumentValue.Known(value);
                    if (at.TryGetValue(parameter.TrimEnd('?'), out var index)) evidence.Add(index);
                }
                else if (!parameter.EndsWith('?'))
                {
                    whole = false;
                    ask.Add(new(task, tool, parameter, Settings.Tool(tool)!.Parameter(parameter)!.Ask!));
                }
            }

            if (whole)
                calls.Add(new()
                {
                    Label = task + "." + tool,
                    Task = task,
                    Tool = tool,
                    Arguments = arguments.ToImmutable(),
                    Evidence = evidence.ToImmutable(),
                    Answers = answers,
                    Requested = !words.Contains("maybe"),
                    Fresh = words.Contains("again"),
                    Another = words.Contains("another"),
                });
            return whole;
        }
    }
}
