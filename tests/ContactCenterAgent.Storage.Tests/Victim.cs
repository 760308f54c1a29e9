using System.Diagnostics;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Storage.Tests;

/// <summary>This assembly as a process of its own: works on a store, says how far it is, and is killed there.</summary>
internal static class Victim
{
    private static async Task<int> Main(string[] args)
    {
        var (deed, folder, call) = (args[0], args[1], CallId.Parse(args[2]));
        await using var store = ContactCenterStore.Open(new() { Folder = folder }, TimeProvider.System, NullLogger<ContactCenterStore>.Instance);
        switch (deed)
        {
            case "local":
                await store.Ledger.ExecuteOnceAsync(TestStore.Key(call), HangAfterBooking, CancellationToken.None);
                break;
            case "remote":
                await store.Ledger.ExecuteRemoteOnceAsync(TestStore.Key(call), _ => Hang(), CancellationToken.None);
                break;
            case "hold":
                await store.Ledger.HoldIntendedAsync(new($"{call}/1"), call, "book_appointment", DateTimeOffset.UnixEpoch, CancellationToken.None);
                await store.Ledger.QueueReleaseAsync(new($"{call}/1"), "book_appointment", CancellationToken.None);
                await Hang();
                break;
            case "journal":
                var journal = store.Journals.Begin(call, TestStore.Settings, DateTimeOffset.UnixEpoch);
                for (var i = 0; i < 10; i++) journal.Append(new SpeechStarted(TimeSpan.FromSeconds(i)));
                await Hang();
                break;
            case "race":
                Say("ready");
                Console.ReadLine();
                for (var i = 1; i <= int.Parse(args[3]); i++)
                    await store.Ledger.ExecuteOnceAsync(TestStore.Key(call, occurrence: i), TestStore.Book, CancellationToken.None);
                break;
        }

        return 0;
    }

    private static async Task<string> HangAfterBooking(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t, CancellationToken cancellationToken)
    {
        await TestStore.Book(c, t, cancellationToken);
        return await Hang();
    }

    private static async Task<string> Hang()
    {
        Say("in the middle");
        await Console.In.ReadToEndAsync();
        return "{}";
    }

    private static void Say(string line)
    {
        Console.WriteLine(line);
        Console.Out.Flush();
    }

    /// <summary>Starts one and waits until it says where it is.</summary>
    public static async Task<Process> StartAsync(string deed, string folder, CallId call, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Victim).Assembly.Location, deed, folder, call.ToString(), .. more])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull($"the process ended early with exit code {(process.HasExited ? process.ExitCode : 0)}");
        return process;
    }

    /// <summary>SIGKILL: nothing is cleaned up.</summary>
    public static async Task KillAsync(this Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
