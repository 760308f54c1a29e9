using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.Tests;

/// <summary>What the runtime passes for a caller, in words that tests can be read in.</summary>
internal static class Callers
{
    public const string Dana = "Dana Whitfield", DanasBirthday = "1984-03-12";

    public static async Task<string> DanaIdAsync(this PluginDatabase database) =>
        (await database.RunAsync("verify_customer", ("name", Dana), ("date_of_birth", DanasBirthday))).Rows.Single()["customer_id"]!;

    public static async Task<string[]> FreeAsync(this PluginDatabase database, string date, string service = "eye test", string? provider = null, string? time = null)
    {
        List<(string, object)> given = [("service", service), ("date", date)];
        if (provider is not null) given.Add(("provider", provider));
        if (time is not null) given.Add(("time", time));
        return [.. (await database.RunAsync("find_slots", [.. given])).Rows.Select(r => r["slot_id"]!)];
    }

    public static Task<ToolResult> HoldAsync(this PluginDatabase database, string hold, string slot, string customer = "C1", int seconds = 180) =>
        database.RunAsync(
            "book_appointment", ("customer_id", customer), ("slot_id", slot), (ToolContext.Hold, hold), (ToolContext.TimeToLive, TimeSpan.FromSeconds(seconds)));

    public static Task<ToolResult> HoldMoveAsync(this PluginDatabase database, string hold, string appointment, string slot, string customer) =>
        database.RunAsync(
            "reschedule_appointment",
            ("customer_id", customer), ("appointment_id", appointment), ("slot_id", slot), (ToolContext.Hold, hold), (ToolContext.TimeToLive, TimeSpan.FromMinutes(3)));

    public static Task<ToolResult> ConfirmAsync(this PluginDatabase database, string hold, string key, string slot, string customer = "C1") =>
        PluginDatabase.RunAsync(
            database.Tool("book_appointment").Confirm!, ("customer_id", customer), ("slot_id", slot), (ToolContext.Hold, hold), (ToolContext.Key, key));

    public static Task<ToolResult> ConfirmMoveAsync(this PluginDatabase database, string hold, string key, string appointment, string slot, string customer) =>
        PluginDatabase.RunAsync(
            database.Tool("reschedule_appointment").Confirm!,
            ("customer_id", customer), ("appointment_id", appointment), ("slot_id", slot), (ToolContext.Hold, hold), (ToolContext.Key, key));

    public static Task<ToolResult> ReleaseAsync(this PluginDatabase database, string hold) =>
        PluginDatabase.RunAsync(database.Tool("book_appointment").Release!, (ToolContext.Hold, hold));

    public static async Task<string> LookUpAsync(this PluginDatabase database, string tool, string key) =>
        (await PluginDatabase.RunAsync(database.Tool(tool).LookUp!, (ToolContext.Key, key))).Rows.Single()["state"]!;

    public static async Task<string> RefusalAsync(Func<Task> work) => (await work.ShouldThrowAsync<ToolRefusedException>()).Reason;
}
