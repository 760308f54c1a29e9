using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Plugins.Crm;

namespace ContactCenterAgent.Plugins.Tests.Shared;

public sealed class PluginStoreTests
{
    [Fact]
    public async Task Write_WhereTheFileTakesNone_SaysThatTheStoreIsReadOnly()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        var readOnly = CrmPlugin.Create(database.ConnectionString + ";Mode=ReadOnly", database.Clock).Single(t => t.Descriptor.Name == "change_phone");
        Func<Task> change = () => PluginDatabase.RunAsync(readOnly.Invoke, ("customer_id", dana), ("phone", "+447700900999"));
        await change.ShouldThrowAsync<StoreReadOnlyException>();
    }

    [Fact]
    public async Task Write_WhileAnotherHasTheLockForGood_IsUnavailableAndItsLookUpUnknown()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        var impatient = CrmPlugin.Create(database.ConnectionString + ";Default Timeout=1", database.Clock).Single(t => t.Descriptor.Name == "change_phone");
        await using var connection = await database.OpenAsync();
        await using var transaction = connection.BeginTransaction(deferred: false);
        Func<Task> change = () => PluginDatabase.RunAsync(impatient.Invoke, ("customer_id", dana), ("phone", "+447700900999"));
        await change.ShouldThrowAsync<ToolUnavailableException>();
        (await PluginDatabase.RunAsync(impatient.LookUp!, (ToolContext.Key, "k1"))).Rows.Single()["state"].ShouldBe("unknown");
    }
}
