using System.Diagnostics;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Runtime;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ContactCenterAgent.Recovery.Tests;

/// <summary>
/// A process that takes a real call is killed with SIGKILL in the middle of a hold, a confirm and a write; then the store is opened again. Afterwards
/// no hold is orphaned, nothing is booked twice, nothing is left unknown, and ledger and diary tell the same story.
/// </summary>
public sealed class SigkillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Kills = 54;

    /// <summary>Days from 1970-01-01 to 2026-11-26.</summary>
    private const int ThursdaySinceEpoch = 20783;

    private static readonly (string Tool, ToolOperation Operation)[] Deeds =
        [("book_appointment", ToolOperation.Place), ("book_appointment", ToolOperation.Confirm), ("change_phone", ToolOperation.Invoke)];

    private readonly string _root = Directory.CreateTempSubdirectory("killed-").FullName;

    public Task InitializeAsync() => Business.SeedAsync(Path.Combine(_root, "seeded"));

    public Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task KilledInTheMiddle_FiftyTimes_NothingIsOrphanedDoubledOrLeftUnknown()
    {
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var kill = 0; kill < Kills; kill++)
        {
            var (tool, operation) = Deeds[kill % Deeds.Length];
            var moment = (Victim.Moment)(kill / Deeds.Length % 3);
            var folder = CopyOfSeeded(kill);
            await RunVictimAsync(folder, tool, operation, moment);
            var end = await RestartAsync(folder, tool, operation, moment);
            ends[$"{tool} {operation} {moment}: {end}"] = ends.GetValueOrDefault($"{tool} {operation} {moment}: {end}") + 1;
        }

        foreach (var (end, times) in ends) output.WriteLine($"{times,3} x {end}");
        ends.Values.Sum().ShouldBe(Kills);
    }

    private string CopyOfSeeded(int kill)
    {
        SqliteConnection.ClearAllPools();
        var folder = Path.Combine(_root, $"{kill}");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_root, "seeded"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Path.Combine(_root, "seeded"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }

    private static async Task RunVictimAsync(string folder, string tool, ToolOperation operation, Victim.Moment moment)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Victim).Assembly.Location, folder, tool, operation.ToString(), moment.ToString()]) { UseShellExecute = false })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(128 + 9, $"{tool} {operation} {moment}: the process must die in the middle, not come to its end");
    }

    /// <summary>Starts on what is left, and looks at what became of it.</summary>
    private static async Task<string> RestartAsync(string folder, string tool, ToolOperation operation, Victim.Moment moment)
    {
        var because = $"{tool} {operation} {moment}";
        await using var store = Business.Open(folder);
        var before = await store.Ledger.BacklogAsync(CancellationToken.None);
        var touched = before.Holds.Select(h => h.Call).Concat(before.Effects.Select(e => e.Key.Call)).Distinct().ToList();
        await using (var host = new CallHost(Business.Services(store, folder, real => real)))
        {
            await host.StartAsync(CancellationToken.None);
            for (var look = 0; host.OpenReleases > 0 && look < 200; look++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        var backlog = await store.Ledger.BacklogAsync(CancellationToken.None);
        backlog.Holds.ShouldBeEmpty($"{because}: a hold is orphaned");
        backlog.Effects.ShouldBeEmpty($"{because}: an outcome is unknown");

        var done = await CountAsync(folder, "SELECT count(*) FROM effects WHERE state = 1");
        (await CountAsync(folder, "SELECT count(*) FROM booking_appointments WHERE State = 0")).ShouldBe(0, $"{because}: the diary still holds a time");
        if (tool == "change_phone")
        {
            var changed = await CountAsync(folder, "SELECT count(*) FROM crm_customers WHERE GivenName = 'Dana' AND FamilyName = 'Whitfield' AND Phone = '+447700900123'");
            changed.ShouldBe(done, $"{because}: ledger and customer disagree");
            if (moment == Victim.Moment.After) changed.ShouldBe(1, because);
            return changed == 1 ? "changed" : "unchanged";
        }

        var booked = await CountAsync(folder, $"SELECT count(*) FROM booking_appointments a JOIN crm_customers c ON c.Id = a.CustomerId WHERE c.FamilyName = 'Whitfield' AND c.GivenName = 'Dana' AND a.State = 1 AND a.StartMicros / 86400000000 = {ThursdaySinceEpoch}");
        booked.ShouldBe(done, $"{because}: ledger and diary disagree");
        if (operation == ToolOperation.Confirm && moment == Victim.Moment.After) booked.ShouldBe(1, because);
        else if (operation == ToolOperation.Place) booked.ShouldBe(0, $"{because}: nobody said yes");
        if (operation == ToolOperation.Place && moment == Victim.Moment.After) touched.Count.ShouldBe(1, $"{because}: the kill left a hold behind");
        return booked == 1 ? "booked once" : "not booked";
    }

    private static async Task<long> CountAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection(Business.Database(folder));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
