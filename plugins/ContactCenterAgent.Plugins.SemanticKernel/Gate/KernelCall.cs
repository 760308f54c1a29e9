using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>
/// One caller's visit in an application whose kernel runs its own loop of function calls. Everything that the loop calls goes through here: reads run at once, also while
/// the caller is speaking, and are shared; what changes something waits for the end of the turn, for a yes where its tool wants one, and runs once a key through the ledger.
/// </summary>
/// <remarks>Thread-safe. The host says when a turn opens and closes, what of a read-back was heard, and that the call has ended.</remarks>
public sealed class KernelCall : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _effects = new(1);
    private readonly Dictionary<string, Tool> _tools;
    private readonly CallReads _reads;
    private readonly CallEffects _ledger;
    private readonly int _callsPerTurn;
    private ImmutableArray<StagedEffect> _staged = [];
    private ImmutableDictionary<string, AssuranceLevel> _assurance = ImmutableDictionary<string, AssuranceLevel>.Empty;
    private int _readBack;
    private int _calls;

    /// <summary>Begins a call.</summary>
    /// <param name="id">The call, part of every key.</param>
    /// <param name="tools">All tools that the loop may reach: the agent's own and a kernel's (<see cref="KernelTools"/>).</param>
    /// <param name="ledger">Holds and effects.</param>
    /// <param name="time">The only clock.</param>
    /// <param name="callsPerTurn">Function calls in one turn at most; a model that loops is stopped there. Default 24.</param>
    /// <exception cref="ArgumentException">Two tools have one name.</exception>
    public KernelCall(CallId id, IEnumerable<Tool> tools, IToolLedger ledger, TimeProvider time, int callsPerTurn = 24)
    {
        Id = id;
        _tools = tools.ToDictionary(t => t.Descriptor.Name, StringComparer.Ordinal);
        (_reads, _ledger, _callsPerTurn) = (new(time), new(id, ledger, time), callsPerTurn);
    }

    /// <summary>The call.</summary>
    public CallId Id { get; }

    /// <summary>The caller has the floor: whatever runs now runs on a guess.</summary>
    public bool TurnIsOpen { get; private set; }

    /// <summary>Every change that was asked for, oldest first.</summary>
    public ImmutableArray<StagedEffect> Staged => _staged;

    /// <summary>Reads that were sent to a back end; those that were shared do not count.</summary>
    public int ReadsSent => _reads.Sent;

    /// <summary>The tools by name.</summary>
    public IReadOnlyDictionary<string, Tool> Tools => _tools;

    /// <summary>The caller began to speak.</summary>
    public void OpenTurn() => (TurnIsOpen, _calls) = (true, 0);

    /// <summary>The read-back of a staged effect was heard to its end: the next plain yes is to it.</summary>
    public void ReadBackHeard(int number) => _readBack = number;

    /// <summary>
    /// The caller has finished. A plain yes carries out what was read back last, a plain no gives it up; no model stands on that path. All else is for the loop.
    /// </summary>
    /// <returns>What the answer settled; null = nothing was settled.</returns>
    public async Task<StagedEffect?> CloseTurnAsync(string words, CancellationToken cancellationToken)
    {
        (TurnIsOpen, _calls) = (false, 0);
        var answer = PlainWords.ReadAnswer([.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new Word(w, default, default, Stable: true))]);
        var asked = Find(_readBack);
        _readBack = 0;
        if (asked is not { IsOpen: true } || answer is not (Affirmation.Yes or Affirmation.No)) return null;
        await _effects.WaitAsync(cancellationToken);
        try
        {
            return answer == Affirmation.Yes ? await DispatchAsync(asked) : await WithdrawAsync(asked);
        }
        finally
        {
            _effects.Release();
        }
    }

    /// <summary>The caller is gone: what was not authorised is withdrawn and its holds are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _effects.WaitAsync(CancellationToken.None);
        foreach (var staged in _staged)
            if (staged.Status is ProposalStatus.Drafted or ProposalStatus.Held) await WithdrawAsync(staged);
        _effects.Dispose();
    }

    /// <summary>Runs one function call of a model.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="given">Arguments as the model wrote them.</param>
    /// <param name="cancellationToken">Ends the waiting for a read; an effect that was sent runs to its end.</param>
    /// <returns>A read's result, or an object with <c>status</c>: <c>done</c>, <c>needs_yes</c>, <c>waits</c>, <c>needs_assurance</c>, <c>sealed</c>, <c>failed</c>, <c>unknown</c>. It never throws for what a model or a tool did.</returns>
    public async Task<JsonNode> RunAsync(string tool, IEnumerable<KeyValuePair<string, object?>> given, CancellationToken cancellationToken)
    {
        if (!_tools.TryGetValue(tool, out var found)) return Answers.NoSuchTool(tool);
        if (Interlocked.Increment(ref _calls) > _callsPerTurn) return Answers.Failed(new ToolFailure.OverBudget("calls_per_turn"));
        var (arguments, fault) = GivenArguments.Read(found.Descriptor, given);
        if (fault is not null) return fault;
        if (Level(found.Descriptor, arguments) < found.Descriptor.Requires) return Answers.NeedsAssurance(found.Descriptor.Requires);
        if (!found.Descriptor.IsEffect)
            return found.Descriptor.Effect == ToolEffect.Disclose && TurnIsOpen ? Answers.EndOfTurn() : await ReadAsync(found, arguments, cancellationToken);

        await _effects.WaitAsync(cancellationToken);
        try
        {
            return await StageAsync(found, arguments);
        }
        finally
        {
            _effects.Release();
        }
    }

    /// <summary>Whether a model has used up the calls of this turn.</summary>
    public bool IsOverBudget => Volatile.Read(ref _calls) > _callsPerTurn;

    private async Task<JsonNode> ReadAsync(Tool tool, ImmutableSortedDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        switch (await _reads.ReadAsync(tool, arguments, cancellationToken))
        {
            case ToolOutcome.Failed failed: return Answers.Failed(failed.Failure);
            case ToolOutcome.Succeeded { Result: var result }:
                var found = Grant(tool.Descriptor, result);
                var level = found is null ? Level(tool.Descriptor, arguments) : _assurance.GetValueOrDefault(found);
                return level < tool.Descriptor.Discloses ? Answers.Sealed(tool.Descriptor, result) : Json(result);
            default: return Answers.Failed(new ToolFailure.Broken());
        }
    }

    private async Task<JsonObject> StageAsync(Tool tool, ImmutableSortedDictionary<string, string> arguments)
    {
        var digest = Digest.OfCall(tool.Descriptor, arguments);
        var staged = _staged.LastOrDefault(s => s.Tool == tool.Descriptor.Name && s.Digest == digest && (s.IsOpen || s.Status == ProposalStatus.Done));
        if (staged?.Status == ProposalStatus.Done) return Told(staged);
        staged ??= Add(number => _ledger.Draft(number, tool, arguments, digest));
        if (staged.Status == ProposalStatus.Unknown) return Told(await DispatchAsync(staged));
        if (tool.Descriptor.Effect == ToolEffect.Reserve && staged.Status == ProposalStatus.Drafted) staged = await PlaceAsync(tool, staged);
        if (!staged.IsOpen) return Told(staged);
        if (tool.Descriptor.Authorisation == Authorisation.OnYes) return Answers.NeedsYes(staged);
        return TurnIsOpen ? Answers.EndOfTurn() : Told(await DispatchAsync(staged));
    }

    private static JsonObject Told(StagedEffect staged) => staged.Outcome!.Value.Value.DeepClone().AsObject();

    // New first, old after: the caller never stands without a place while they change their mind.
    private async Task<StagedEffect> PlaceAsync(Tool tool, StagedEffect staged)
    {
        var placed = Set(await _ledger.PlaceAsync(tool, staged, Level(tool.Descriptor, staged.Arguments.Value) >= AssuranceLevel.Verified));
        if (placed.Status != ProposalStatus.Held) return placed;
        foreach (var other in _staged)
            if (other.Number != placed.Number && other.Status == ProposalStatus.Held && Group(other) == tool.Descriptor.Hold?.ExclusiveGroup) await WithdrawAsync(other);
        return placed;
    }

    private async Task<StagedEffect> DispatchAsync(StagedEffect staged) => Set(await _ledger.DispatchAsync(_tools[staged.Tool], staged));

    private async Task<StagedEffect> WithdrawAsync(StagedEffect staged) => Set(await _ledger.WithdrawAsync(_tools[staged.Tool], staged));

    private string? Group(StagedEffect staged) => _tools[staged.Tool].Descriptor.Hold?.ExclusiveGroup;

    private StagedEffect? Find(int number) => number > 0 && number <= _staged.Length ? _staged[number - 1] : null;

    private StagedEffect Add(Func<int, StagedEffect> make)
    {
        lock (_gate)
        {
            var staged = make(_staged.Length + 1);
            _staged = _staged.Add(staged);
            return staged;
        }
    }

    private StagedEffect Set(StagedEffect staged)
    {
        lock (_gate) _staged = _staged.SetItem(staged.Number - 1, staged);
        return staged;
    }

    private AssuranceLevel Level(ToolDescriptor tool, ImmutableSortedDictionary<string, string> arguments) =>
        tool.Subject is null ? _assurance.Values.DefaultIfEmpty().Max()
        : arguments.TryGetValue(tool.Subject, out var person) ? _assurance.GetValueOrDefault(person) : AssuranceLevel.None;

    // What rests on words that are still open is no proof of who is speaking.
    private string? Grant(ToolDescriptor tool, ToolResult result)
    {
        if (tool.Grants is not { } grant || result.Rows.Length != 1 || result.Rows[0][grant.SubjectField] is not { } subject) return null;
        if (!TurnIsOpen && result.Rows[0][grant.Field] == grant.Value)
            ImmutableInterlocked.AddOrUpdate(ref _assurance, subject, grant.Level, (_, level) => level > grant.Level ? level : grant.Level);
        return subject;
    }

    private static JsonObject Json(ToolResult result) => new()
    {
        ["rows"] = new JsonArray([.. result.Rows.Select(row => new JsonObject(row.Fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)JsonValue.Create(f.Value)))))]),
        ["truncated"] = result.Truncated,
    };
}
