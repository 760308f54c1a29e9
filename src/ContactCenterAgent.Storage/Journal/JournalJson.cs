using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>The journal's JSON. Here alone a <see cref="Pii{T}"/> writes its value: what is written is encrypted.</summary>
internal static class JournalJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        TypeInfoResolver = JournalJsonContext.Default.WithAddedModifier(NameCases),
        Converters =
        {
            new ShownPiiConverter<string>(),
            new ShownPiiConverter<char>(),
            new ShownPiiConverter<System.Collections.Immutable.ImmutableSortedDictionary<string, string>>(),
            new OrdinalDictionaryConverter<string>(),
            new OrdinalDictionaryConverter<ArgumentValue>(),
            new WordConverter(),
            new TicksConverter(),
            new TextConverter<CallId>(id => id.ToString(), CallId.Parse),
            new TextConverter<HoldId>(id => id.Value, text => new(text)),
            new TextConverter<ToolCallId>(id => id.ToString(), text => new(CallId.Parse(text.Split('/')[0]), int.Parse(text.Split('/')[1]))),
            new TextConverter<EffectKey>(key => key.ToString(), EffectKey.Parse),
            new TextConverter<Digest>(digest => digest.Value, text => new(text)),
            new TextConverter<WordsHash>(hash => hash.ToString(), text => new(Convert.ToUInt64(text, 16))),
            new NumberConverter<Generation>(id => id.Value, number => new(number)),
            new NumberConverter<PromptId>(id => id.Value, number => new(number)),
            new NumberConverter<ProposalId>(id => id.Value, number => new(number)),
        },
    };

    /// <summary>The closed families and the name of each case, as written. A test checks that no case is missing.</summary>
    private static readonly Dictionary<Type, Type[]> Families = new()
    {
        [typeof(CallEvent)] =
        [
            typeof(CallArrived), typeof(LineOpened), typeof(SpeechStarted), typeof(SpeechEnded), typeof(PartialHeard), typeof(FinalHeard), typeof(DigitPressed),
            typeof(PlanProposed), typeof(ReplySentence), typeof(PlannerEnded), typeof(PlannerStalled), typeof(PlannerSwitched), typeof(ToolReturned), typeof(HoldReleased),
            typeof(PlaybackStarted), typeof(PlaybackProgressed), typeof(PlaybackEnded), typeof(DeadlineReached), typeof(TransferEnded),
            typeof(StorageChanged), typeof(LineClosed),
        ],
        [typeof(Command)] =
        [
            typeof(AnswerLine), typeof(AskPlanner), typeof(CancelPlanner), typeof(StartTool), typeof(CancelTool), typeof(ReleaseHold), typeof(Say),
            typeof(StopPlayback), typeof(TransferToPerson), typeof(HangUp), typeof(CloseCall),
        ],
        [typeof(ToolOutcome)] = [typeof(ToolOutcome.Succeeded), typeof(ToolOutcome.Failed)],
        [typeof(ArgumentValue)] = [typeof(ArgumentValue.Known), typeof(ArgumentValue.From)],
        [typeof(ToolFailure)] =
        [
            typeof(ToolFailure.Refused), typeof(ToolFailure.Invalid), typeof(ToolFailure.TimedOut), typeof(ToolFailure.Unavailable), typeof(ToolFailure.Broken),
            typeof(ToolFailure.Unknown), typeof(ToolFailure.OverBudget), typeof(ToolFailure.ReadOnly), typeof(ToolFailure.Cancelled),
        ],
    };

    internal static JsonTypeInfo<CallEvent> Event { get; } = Of<CallEvent>();

    internal static JsonTypeInfo<Command> Command { get; } = Of<Command>();

    internal static JsonTypeInfo<PlanRequest> Request { get; } = Of<PlanRequest>();

    internal static JsonTypeInfo<AskedPlanner> Asked { get; } = Of<AskedPlanner>();

    internal static JsonTypeInfo<AgentSettings> Settings { get; } = Of<AgentSettings>();

    internal static JsonTypeInfo<JournalHeader> Header { get; } = Of<JournalHeader>();

    internal static JsonTypeInfo<ToolFailure> Failure { get; } = Of<ToolFailure>();

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static void NameCases(JsonTypeInfo type)
    {
        if (!Families.TryGetValue(type.Type, out var cases)) return;
        type.PolymorphismOptions = new() { UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization };
        foreach (var known in cases) type.PolymorphismOptions.DerivedTypes.Add(new(known, known.Name));
    }
}

/// <summary>The generated half of <see cref="JournalJson"/>. Enumerations are written by name: their numbers may change.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CallEvent))]
[JsonSerializable(typeof(CallArrived))]
[JsonSerializable(typeof(LineOpened))]
[JsonSerializable(typeof(SpeechStarted))]
[JsonSerializable(typeof(SpeechEnded))]
[JsonSerializable(typeof(PartialHeard))]
[JsonSerializable(typeof(FinalHeard))]
[JsonSerializable(typeof(DigitPressed))]
[JsonSerializable(typeof(PlanProposed))]
[JsonSerializable(typeof(ReplySentence))]
[JsonSerializable(typeof(PlannerEnded))]
[JsonSerializable(typeof(PlannerStalled))]
[JsonSerializable(typeof(PlannerSwitched))]
[JsonSerializable(typeof(ToolReturned))]
[JsonSerializable(typeof(HoldReleased))]
[JsonSerializable(typeof(PlaybackStarted))]
[JsonSerializable(typeof(PlaybackProgressed))]
[JsonSerializable(typeof(PlaybackEnded))]
[JsonSerializable(typeof(DeadlineReached))]
[JsonSerializable(typeof(TransferEnded))]
[JsonSerializable(typeof(StorageChanged))]
[JsonSerializable(typeof(LineClosed))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(AnswerLine))]
[JsonSerializable(typeof(AskPlanner))]
[JsonSerializable(typeof(AskedPlanner))]
[JsonSerializable(typeof(CancelPlanner))]
[JsonSerializable(typeof(StartTool))]
[JsonSerializable(typeof(CancelTool))]
[JsonSerializable(typeof(ReleaseHold))]
[JsonSerializable(typeof(Say))]
[JsonSerializable(typeof(StopPlayback))]
[JsonSerializable(typeof(TransferToPerson))]
[JsonSerializable(typeof(HangUp))]
[JsonSerializable(typeof(CloseCall))]
[JsonSerializable(typeof(ToolOutcome.Succeeded), TypeInfoPropertyName = "OutcomeSucceeded")]
[JsonSerializable(typeof(ToolOutcome.Failed), TypeInfoPropertyName = "OutcomeFailed")]
[JsonSerializable(typeof(ArgumentValue.Known), TypeInfoPropertyName = "ArgumentKnown")]
[JsonSerializable(typeof(ArgumentValue.From), TypeInfoPropertyName = "ArgumentFrom")]
[JsonSerializable(typeof(ToolFailure.Refused), TypeInfoPropertyName = "FailureRefused")]
[JsonSerializable(typeof(ToolFailure.Invalid), TypeInfoPropertyName = "FailureInvalid")]
[JsonSerializable(typeof(ToolFailure.TimedOut), TypeInfoPropertyName = "FailureTimedOut")]
[JsonSerializable(typeof(ToolFailure.Unavailable), TypeInfoPropertyName = "FailureUnavailable")]
[JsonSerializable(typeof(ToolFailure.Broken), TypeInfoPropertyName = "FailureBroken")]
[JsonSerializable(typeof(ToolFailure.Unknown), TypeInfoPropertyName = "FailureUnknown")]
[JsonSerializable(typeof(ToolFailure.OverBudget), TypeInfoPropertyName = "FailureOverBudget")]
[JsonSerializable(typeof(ToolFailure.ReadOnly), TypeInfoPropertyName = "FailureReadOnly")]
[JsonSerializable(typeof(ToolFailure.Cancelled), TypeInfoPropertyName = "FailureCancelled")]
[JsonSerializable(typeof(JournalHeader))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(char))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
