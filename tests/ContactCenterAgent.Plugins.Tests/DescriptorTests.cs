using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;

namespace ContactCenterAgent.Plugins.Tests;

/// <summary>What every tool's declaration must satisfy, whatever the tool.</summary>
public sealed partial class DescriptorTests
{
    private static readonly IReadOnlyList<ToolDescriptor> All = [.. CrmPlugin.Describe(), .. BookingPlugin.Describe(NorthgateDiary.Catalogue)];

    public static TheoryData<string> Names => [.. All.Select(t => t.Name)];

    [Fact]
    public void Tools_OfBothPlugins_AreTheTwelveOfTheBusiness() => All.Select(t => t.Name).ShouldBe(
    [
        "find_customer", "verify_customer", "order_status", "change_phone", "change_email",
        "opening_hours", "list_services", "find_slots", "book_appointment", "list_appointments", "reschedule_appointment", "cancel_appointment",
    ]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Functions_OfATool_MatchItsEffect(string name)
    {
        await using var database = await PluginDatabase.MigratedAsync();
        var tool = database.Tool(name);
        var descriptor = All.Single(t => t.Name == name);
        tool.Descriptor.Examples.ShouldBe(descriptor.Examples);
        tool.Invoke.Name.ShouldBe(name);
        (tool.Confirm is not null && tool.Release is not null).ShouldBe(descriptor.Effect == ToolEffect.Reserve);
        (descriptor.Hold is not null).ShouldBe(descriptor.Effect == ToolEffect.Reserve);
        (tool.LookUp is not null).ShouldBe(descriptor.CanLookUp);
        (descriptor.CanLookUp, tool.Local).ShouldBe((descriptor.IsEffect, descriptor.IsEffect));
        tool.Invoke.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(descriptor.Parameters.Select(p => p.Name));
        tool.Invoke.JsonSchema.GetProperty("required").EnumerateArray().Select(p => p.GetString()).ShouldBe(descriptor.Parameters.Where(p => p.Required).Select(p => p.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_OfATool_NameOnlyWhatCanBeResolved(string name)
    {
        var tool = All.Single(t => t.Name == name);
        var known = Resolvable(tool);
        tool.Examples.Length.ShouldBe(tool.Examples.Distinct(StringComparer.Ordinal).Count());
        foreach (var example in tool.Examples) foreach (var field in Fields(example)) known.ShouldContain(field, example);
        if (name is not ("find_customer" or "verify_customer")) tool.Examples.Length.ShouldBeInRange(8, 15);
    }

    [Fact]
    public void Examples_OfAllTools_AreNoTwoToolsTheSame() =>
        All.SelectMany(t => t.Examples).GroupBy(e => e, StringComparer.Ordinal).Where(g => g.Count() > 1).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_ThatAreRequired_CanBeAskedForOrFound(string name)
    {
        foreach (var parameter in All.Single(t => t.Name == name).Parameters)
        {
            if (parameter.Required) (parameter.Ask is not null || Finders(parameter).Any()).ShouldBeTrue(parameter.Name);
            if (parameter.Entity is not null) Finders(parameter).ShouldNotBeEmpty(parameter.Name);
            if (parameter.Type == ParameterType.Choice) parameter.Values.ShouldNotBeEmpty(parameter.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Subjects_AndOpenArguments_AreParameters(string name)
    {
        var tool = All.Single(t => t.Name == name);
        if (tool.Subject is { } subject) tool.Parameter(subject).ShouldNotBeNull();
        if (tool.Requires > AssuranceLevel.None) tool.Subject.ShouldNotBeNull();
        foreach (var open in tool.Widens?.Open.Keys ?? []) tool.Parameter(open).ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Phrases_OfATool_NameOnlyArgumentsAndFieldsOfItsRows(string name)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var tool = All.Single(t => t.Name == name);
        var lent = await LentAsync(database, tool);
        var row = await SampleAsync(database, name);
        var arguments = tool.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var fields = row.Fields.Keys.Concat(arguments).ToHashSet(StringComparer.Ordinal);
        foreach (var field in Fields(tool.Phrases.Echo)) arguments.ShouldContain(field);
        // A reservation reads back the row that its placing gave; any other effect has only what it was called with, and the rows that this came from.
        foreach (var field in Fields(tool.Phrases.ReadBack)) (tool.Hold is null ? lent : fields).ShouldContain(field);
        foreach (var phrase in new[] { tool.Phrases.One, tool.Phrases.Row, tool.Phrases.Done })
            foreach (var field in Fields(phrase)) fields.ShouldContain(field, phrase);
        foreach (var field in Fields(tool.Phrases.Many)) new[] { "rows", "count" }.ShouldContain(field);
        Fields(tool.Phrases.Nothing).ShouldBeEmpty();
        Fields(tool.Phrases.Refused).ShouldBeEmpty();
        if (tool.Finds is { } found) row[found.IdField].ShouldNotBeNull();
        if (tool.Grants is { } grant) (row[grant.Field], row[grant.SubjectField] is null).ShouldBe((grant.Value, false));
        foreach (var compared in tool.Widens?.Open.Values ?? []) row[compared].ShouldNotBeNull();
        (tool.IsEffect ? tool.Phrases.Done : tool.Phrases.One).ShouldNotBeNull();
    }

    private static async Task<HashSet<string>> LentAsync(PluginDatabase database, ToolDescriptor tool)
    {
        var lent = tool.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in tool.Parameters)
            foreach (var finder in Finders(parameter)) lent.UnionWith((await SampleAsync(database, finder.Name)).Fields.Keys);
        return lent;
    }

    private static async Task<ResultRow> SampleAsync(PluginDatabase database, string name)
    {
        var dana = await database.DanaIdAsync();
        var mine = (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single();
        var slot = (await database.FreeAsync("2026-11-26", provider: "Doctor Lee"))[0];
        var result = name switch
        {
            "find_customer" => await database.RunAsync(name, ("name", Callers.Dana)),
            "verify_customer" => await database.RunAsync(name, ("name", Callers.Dana), ("date_of_birth", Callers.DanasBirthday)),
            "change_phone" => await database.RunAsync(name, ("customer_id", dana), ("phone", "+447700900999")),
            "change_email" => await database.RunAsync(name, ("customer_id", dana), ("email", "dana@example.com")),
            "find_slots" => await database.RunAsync(name, ("service", "eye test"), ("date", "2026-11-26")),
            "book_appointment" => await database.HoldAsync("call/1", slot, dana),
            "reschedule_appointment" => await database.HoldMoveAsync("call/1", mine["appointment_id"]!, slot, dana),
            "cancel_appointment" => await database.RunAsync(name, ("customer_id", dana), ("appointment_id", mine["appointment_id"]!)),
            "order_status" or "list_appointments" => await database.RunAsync(name, ("customer_id", dana)),
            _ => await database.RunAsync(name),
        };
        return result.Rows[0];
    }

    // An entity's parameter is filled by the reads that find it, so their parameters may be said too.
    private static HashSet<string> Resolvable(ToolDescriptor tool)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<ToolDescriptor>([tool]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.Name)) continue;
            foreach (var parameter in next.Parameters)
            {
                known.Add(parameter.Name);
                if (parameter.Type == ParameterType.EntityId) foreach (var finder in Finders(parameter)) open.Enqueue(finder);
            }
        }

        return known;
    }

    private static IEnumerable<ToolDescriptor> Finders(ToolParameter parameter) => All.Where(t => t.Finds is { } finds && finds.Entity == parameter.Entity);

    private static ImmutableArray<string> Fields(string? phrase) => phrase is null ? [] : [.. Braces().Matches(phrase).Select(m => m.Groups["field"].Value)];

    [GeneratedRegex(@"\{(?<field>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braces();
}
