using System.Globalization;
using System.Text.Json.Nodes;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Simulation.Phones;

namespace ContactCenterAgent.Host.Cli;

/// <summary>What <c>bench load</c> found out.</summary>
/// <param name="Options">As asked for.</param>
/// <param name="Phones">What the phones met.</param>
/// <param name="Machine">Load average of the last minute before.</param>
/// <param name="Idle">The host before the first call.</param>
/// <param name="Full">At the end of the hold.</param>
/// <param name="Left">When the calls were over.</param>
/// <param name="Before">Used before the first call.</param>
/// <param name="Up">When the hold began.</param>
/// <param name="Held">When it ended.</param>
/// <param name="After">When the calls were over.</param>
internal sealed record LoadRun(
    PhoneLoadOptions Options, PhoneLoadReport Phones, double? Machine, HostFigures Idle, HostFigures Full, HostFigures Left, HostUsage Before, HostUsage Up, HostUsage Held, HostUsage After)
{
    private const double LateMax = 0.001;
    private const double MiB = 1_048_576;

    /// <summary>Every call was held, less than 0.1 % of the frames late, as few lost, nothing left.</summary>
    public bool IsGood => Phones.Held == Options.Calls && Phones.Down.LateShare < LateMax && Phones.Down.LostShare < LateMax && Left is { Calls: 0, Sip.Sessions: 0 };

    private double Cores => (Held.Cpu - Up.Cpu) / Options.Hold;

    private double ChildrenCores => (Held.ChildrenCpu - Up.ChildrenCpu) / Options.Hold;

    private double CpuACall => Phones.Held == 0 ? 0 : Cores / Phones.Held;

    private double BytesACall => Phones.Held == 0 ? 0 : (double)(Held.ResidentBytes - Before.ResidentBytes) / Phones.Held;

    public IEnumerable<string> Lines()
    {
        yield return I($"calls      {Phones.Asked} asked, {Phones.Answered} answered, {Phones.Held} held for {Options.Hold.TotalSeconds:n0} s, {Phones.Dropped} hung up by the host{Refusals()}");
        yield return I($"set-up     p50 {Phones.SetUpHalf?.TotalMilliseconds:n1} ms, p99 {Phones.SetUpMost?.TotalMilliseconds:n1} ms, INVITE sent to 200 received, at {Options.Rate:n0} calls a second");
        yield return I($"host       {Cores:n3} cores, {CpuACall * 1_000:n2} ms of CPU a call and second; programs that it started {ChildrenCores:n3} cores; stopped for garbage {Full.Pauses:n2} % of the time");
        yield return I($"memory     {Before.ResidentBytes / MiB:n0} MiB before, {Held.ResidentBytes / MiB:n0} held, {After.ResidentBytes / MiB:n0} after; {BytesACall / 1_024:n0} KiB a call; heap {Idle.HeapBytes / MiB:n1} MiB before, {Left.HeapBytes / MiB:n1} after");
        yield return I($"to phones  {Phones.Down.Owed:n0} frames owed, {Phones.Down.Late:n0} late = {Phones.Down.LateShare:p3}, latest {Phones.Down.Latest.TotalMilliseconds:n1} ms; {Phones.Down.Lost:n0} lost = {Phones.Down.LostShare:p3}");
        yield return I($"from them  {Phones.Sent:n0} frames sent, {Phones.SentLate:n0} of them late by the generator; {Phones.UpLost:n0} missed by the host, by the reports of {Phones.UpReported} calls; jitter there {Phones.UpJitter.TotalMilliseconds:n1} ms at most");
        yield return I($"afterwards {Left.Calls} calls, {Left.Sip?.Sessions} sessions, {Left.Sip?.Dialogs} dialogs, {Left.Sip?.Transactions} transactions, {Left.Sip?.Alarms} timers, {Left.Sip?.Ports} ports, {Left.Sip?.Sounding} on the media clock");
        yield return I($"machine    {Environment.ProcessorCount} cores, load average {Machine:0.00} before; late = more than 20 ms after the leg's own 20 ms clock through its earliest frame, by the kernel's time stamps");
        if (Phones.Strains.Count == 0) yield return "gave way   nothing";
        foreach (var strain in Phones.Strains) yield return I($"gave way   at {strain.At.TotalSeconds:n0} s with {strain.Calls} calls up: {strain.What}");
    }

    public JsonObject Json() => new()
    {
        ["calls"] = new JsonObject
        {
            ["asked"] = Phones.Asked,
            ["answered"] = Phones.Answered,
            ["held"] = Phones.Held,
            ["dropped"] = Phones.Dropped,
            ["refused"] = new JsonObject(Phones.Refused.Select(r => KeyValuePair.Create(r.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)r.Value))),
            ["rate"] = Options.Rate,
            ["hold_s"] = Options.Hold.TotalSeconds,
        },
        ["setup_ms"] = new JsonObject { ["p50"] = Phones.SetUpHalf?.TotalMilliseconds, ["p99"] = Phones.SetUpMost?.TotalMilliseconds },
        ["host"] = new JsonObject { ["cores"] = Cores, ["cpu_ms_a_call_and_second"] = CpuACall * 1_000, ["children_cores"] = ChildrenCores, ["gc_pause_percent"] = Full.Pauses },
        ["memory"] = new JsonObject
        {
            ["before_bytes"] = Before.ResidentBytes,
            ["held_bytes"] = Held.ResidentBytes,
            ["after_bytes"] = After.ResidentBytes,
            ["bytes_a_call"] = BytesACall,
            ["heap_before_bytes"] = Idle.HeapBytes,
            ["heap_held_bytes"] = Full.HeapBytes,
            ["heap_after_bytes"] = Left.HeapBytes,
        },
        ["to_phones"] = new JsonObject
        {
            ["owed"] = Phones.Down.Owed,
            ["received"] = Phones.Down.Received,
            ["late"] = Phones.Down.Late,
            ["late_share"] = Phones.Down.LateShare,
            ["latest_ms"] = Phones.Down.Latest.TotalMilliseconds,
            ["lost"] = Phones.Down.Lost,
            ["lost_share"] = Phones.Down.LostShare,
            ["clock_late_share"] = Full.Sip?.LateTicks,
            ["clock_skipped"] = Full.Sip?.SkippedTicks,
        },
        ["from_phones"] = new JsonObject
        {
            ["sent"] = Phones.Sent,
            ["sent_late"] = Phones.SentLate,
            ["lost"] = Phones.UpLost,
            ["calls_reported"] = Phones.UpReported,
            ["jitter_ms"] = Phones.UpJitter.TotalMilliseconds,
        },
        ["afterwards"] = new JsonObject
        {
            ["calls"] = Left.Calls,
            ["sessions"] = Left.Sip?.Sessions,
            ["dialogs"] = Left.Sip?.Dialogs,
            ["transactions"] = Left.Sip?.Transactions,
            ["timers"] = Left.Sip?.Alarms,
            ["ports"] = Left.Sip?.Ports,
            ["sounding"] = Left.Sip?.Sounding,
        },
        ["machine"] = new JsonObject { ["cores"] = Environment.ProcessorCount, ["load_average"] = Machine },
        ["gave_way"] = new JsonArray([.. Phones.Strains.Select(s => new JsonObject { ["at_s"] = s.At.TotalSeconds, ["calls"] = s.Calls, ["what"] = s.What })]),
        ["good"] = IsGood,
    };

    private string Refusals() => Phones.Refused.Count == 0 ? "" : "; not answered: " + string.Join(", ", Phones.Refused.Select(r => I($"{r.Value} with {(r.Key == 0 ? "nothing" : r.Key.ToString(CultureInfo.InvariantCulture))}")));

    private static string I(FormattableString text) => FormattableString.Invariant(text);
}
