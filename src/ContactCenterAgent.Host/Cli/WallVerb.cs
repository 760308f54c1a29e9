using ContactCenterAgent.Host.Agents;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation.SpeculationBench;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>bench speculation --wall</c>: a sample in real time, beside the same on virtual time.</summary>
internal static class WallVerb
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(30);

    /// <summary>Plays it, and prints what came of it.</summary>
    /// <param name="options">What is played.</param>
    /// <param name="dialogues">How many dialogues.</param>
    /// <param name="tiers">The strong model is the one of the settings.</param>
    /// <param name="folder">Gets the figures.</param>
    /// <exception cref="SettingException">There are no tiers, or one lacks something.</exception>
    public static async Task<int> RunAsync(SpeculationOptions options, int dialogues, bool tiers, string folder)
    {
        await using var models = tiers ? ModelTiers.Of(HostSettings.Load(), new DraftPlanner(request => Plan.Empty with { Read = request.Hash }), TimeProvider.System, NullLoggerFactory.Instance) : null;
        if (tiers && models!.Authority is null) throw new SettingException("Planner:Tiers is empty. Allowed: the tiers that --model tiers shall ask.");
        var share = 0.0;
        using var timer = new PeriodicTimer(TellEvery, TimeProvider.System);
        var run = WallSample.RunAsync(options, dialogues, models?.Authority, folder, done => Volatile.Write(ref share, done));
        var tells = TellAsync(timer, () => Volatile.Read(ref share));
        var figures = await run;
        timer.Dispose();
        await tells;
        await System.Console.Out.WriteLineAsync(WallTables.Of(figures));
        return ExitCode.Ok;
    }

    private static async Task TellAsync(PeriodicTimer timer, Func<double> share)
    {
        while (await timer.WaitForNextTickAsync()) await System.Console.Error.WriteLineAsync($"{share():0 %} of the calls have ended");
    }
}
