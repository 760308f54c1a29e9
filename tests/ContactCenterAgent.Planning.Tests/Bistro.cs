using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tests;

/// <summary>A restaurant that is also a small bank: tools with other names, entities and types than the optician's.</summary>
internal static class Bistro
{
    private static readonly ImmutableArray<ChoiceValue> Accounts = [ChoiceValue.Of("current", "checking", "current account"), ChoiceValue.Of("savings", "saver")];

    public static readonly ImmutableArray<ToolDescriptor> Tools =
    [
        new()
        {
            Name = "free_tables", Effect = ToolEffect.Read, Finds = new("table", "table_ref"),
            Parameters =
            [
                new() { Name = "people", Type = ParameterType.Count, Ask = "For how many?" },
                new() { Name = "day", Type = ParameterType.Date, Ask = "Which day?" },
                new() { Name = "at", Type = ParameterType.Time, Ask = "What time?" },
            ],
        },
        new()
        {
            Name = "reserve_table", Effect = ToolEffect.Reserve,
            Parameters =
            [
                new() { Name = "table", Type = ParameterType.EntityId, Entity = "table" }, new() { Name = "guest", Type = ParameterType.PersonName, Ask = "What name is it under?" },
                new() { Name = "wishes", Type = ParameterType.Wording, Required = false },
            ],
            Examples = ["I'd like a table for {people} {day} at {at}", "book a table for {people}", "can we get a table {day}", "reserve a table under the name of {guest}"],
        },
        new()
        {
            Name = "order_wine", Effect = ToolEffect.Write,
            Parameters = [new() { Name = "budget", Type = ParameterType.Money, Ask = "How much would you like to spend?" }, new() { Name = "bottles", Type = ParameterType.Count, Default = "1", Required = false }],
            Examples = ["bring us a bottle of wine for {budget}", "I want to order wine up to {budget}"],
        },
        new()
        {
            Name = "move_money", Effect = ToolEffect.Irreversible,
            Parameters =
            [
                new() { Name = "amount", Type = ParameterType.Money, Ask = "How much?" }, new() { Name = "from_account", Type = ParameterType.Choice, Values = Accounts, Ask = "From which account?" },
                new() { Name = "to_account", Type = ParameterType.Choice, Values = Accounts, Ask = "To which account?" },
            ],
            Examples = ["transfer {amount} from {from_account} to {to_account}", "move {amount} to my {to_account} account", "send money from {from_account}"],
        },
        new()
        {
            Name = "balance", Effect = ToolEffect.Read,
            Parameters = [new() { Name = "account", Type = ParameterType.Choice, Values = Accounts, Ask = "Which account?" }],
            Examples = ["what's the balance of my {account} account", "how much money do I have in {account}", "check my balance"],
        },
    ];
}
