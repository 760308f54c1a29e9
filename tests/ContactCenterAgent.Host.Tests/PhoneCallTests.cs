using System.Net;
using System.Runtime.InteropServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Tests.Sound;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Media.Recording;
using ContactCenterAgent.Storage;
using ContactCenterAgent.Storage.Journal;
using ContactCenterAgent.Speech.Voices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Host.Tests;

/// <summary>One call over SIP to the whole host, by keys: a customer cancels an appointment. What is left of it is what is left of any call.</summary>
public sealed class PhoneCall : IAsyncLifetime
{
    /// <summary>Dana Whitfield, who is a customer whatever the seed.</summary>
    internal const string Number = "+441632960123";
    private const string BornOn = "12031984";

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-phone-").FullName;

    internal StoreOptions Store => new() { Folder = Path.Combine(_folder, "var") };

    internal string Recordings => Path.Combine(_folder, "recordings");

    internal string Recording { get; private set; } = "";

    internal CallId Call { get; private set; }

    public async Task InitializeAsync()
    {
        if (!EspeakVoice.IsInstalled(new())) return;
        using var stop = new CancellationTokenSource();
        await using var server = await Server.StartAsync(Configuration(), stop.Token);
        var serving = server.RunAsync(stop.Token);
        var dial = server.PhonesSay.Split(' ').First(w => w.StartsWith("sip:agent@", StringComparison.Ordinal));
        await using (var phone = new KeyPhone(IPEndPoint.Parse(dial["sip:agent@".Length..]), Number))
        {
            await phone.DialAsync();
            await phone.HearAsync();
            await phone.PressAsync("4");
            await phone.HearAsync();
            await phone.PressAsync(BornOn);
            await phone.HearAsync();
            await phone.PressAsync("1");
            await phone.HearAsync();
            await phone.HangUpAsync();
        }

        await stop.CancelAsync();
        await serving;
        Recording = Directory.EnumerateFiles(Recordings, "*.wav", SearchOption.AllDirectories).Single();
        Call = new(Guid.Parse(Path.GetFileNameWithoutExtension(Recording)));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Console:Port"] = "0",
        ["Lines:Sip:Port"] = "0",
        ["Storage:Folder"] = Store.Folder,
        ["Operator:DrainMax"] = "00:00:10",
        ["Operator:Recording:Enabled"] = "true",
        ["Operator:Recording:Folder"] = Recordings,
        ["Operator:Recording:FreeBytesMin"] = "0",
        ["Telemetry:Level"] = "Warning",
    }).Build();
}

public sealed class PhoneCallTests(PhoneCall call) : IClassFixture<PhoneCall>
{
    private ContactCenterStore Open() => ContactCenterStore.Open(call.Store, TimeProvider.System, NullLogger<ContactCenterStore>.Instance);

    private CallHistory Journal() => JournalReader.Read(Directory.EnumerateFiles(call.Store.JournalFolder, $"{call.Call}*", SearchOption.AllDirectories).Single(), CallKeys.In(call.Store));

    [EspeakFact]
    public async Task Record_OfACallBySip_IsThatOfAnyCall()
    {
        await using var store = Open();
        var record = (await store.Records.FindAsync(call.Call, CancellationToken.None)).ShouldNotBeNull();

        (record.Line, record.CallerNumber?.Value, record.Effects).ShouldBe(("sip", PhoneCall.Number, 1));
        record.Recording.ShouldBe(Path.GetRelativePath(call.Recordings, call.Recording).Replace('\\', '/'));
        record.Turns.ShouldBeGreaterThanOrEqualTo(3);
        record.AnsweredAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(record.StartedAt);
        record.EndedAt.ShouldBeGreaterThan(record.AnsweredAt.Value);
    }

    [EspeakFact]
    public void Journal_OfACallBySip_IsWhole_AndReplaysToTheSameCommands()
    {
        var journal = Journal();

        (journal.Closed, journal.TornBytes).ShouldBe((true, 0));
        journal.Steps.Select(s => s.Happened).OfType<FinalHeard>().Count().ShouldBe(3, "the choice, the date of birth, the yes");
        Replayer.Replay(journal).Difference.ShouldBeNull();
    }

    [EspeakFact]
    public async Task Ledger_OfACallBySip_HasItsEffectOnce()
    {
        await using var store = Open();
        var entry = (await store.Ledger.EntriesAsync(call.Call, CancellationToken.None)).ShouldHaveSingleItem();

        (entry.Key.Tool, entry.State).ShouldBe(("cancel_appointment", LedgerState.Done));
    }

    [EspeakFact]
    public void Timeline_OfACallBySip_ShowsWordsToolsAndTheEnd()
    {
        var timeline = new Timeline();
        var journal = Journal();
        var state = CallAgent.Begin(journal.Header.Call, journal.Header.Settings);
        foreach (var step in journal.Steps)
        {
            var before = state;
            (state, var commands) = CallAgent.Step(before, step.Happened);
            timeline.Add(step.Happened, before, state, commands);
        }

        foreach (var kind in new[] { RowKind.Said, RowKind.Heard, RowKind.Started, RowKind.Kept, RowKind.Finished, RowKind.Done, RowKind.Ended, RowKind.HungUp })
            timeline.Rows.Select(r => r.Kind).ShouldContain(kind);
    }

    [EspeakFact]
    public void Recording_OfACallBySip_HasTheCallerLeftAndTheAgentRight_AndBelongsToNobodyElse()
    {
        var bytes = File.ReadAllBytes(call.Recording);
        WavFormat.Read(bytes, out var format).ShouldBeNull();
        (format!.SampleRate, format.Channels, (long)format.DataBytes).ShouldBe((8_000, 2, bytes.Length - format.DataStart));
        var samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(format.DataStart)).ToArray();
        var (caller, agent) = (samples.Where((_, i) => i % 2 == 0).ToArray(), samples.Where((_, i) => i % 2 == 1).ToArray());

        // 0x90 is what the phone says all the time (G.711 mu-law); the agent begins with its greeting.
        caller.Count(s => s == 15_996).ShouldBeGreaterThan(caller.Length * 8 / 10);
        agent.Count(s => Math.Abs((int)s) > 200).ShouldBeGreaterThan(8_000);
        agent.ShouldNotContain((short)15_996);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(call.Recording).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
