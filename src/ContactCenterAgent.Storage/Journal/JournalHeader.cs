using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>The first record of a journal: all that a replay starts from. It holds nothing personal and is not encrypted.</summary>
public sealed record JournalHeader
{
    /// <summary>The shape of plans, events and commands. Counts up when one changes so that older journals cannot be stepped.</summary>
    public const int PlanVersionNow = 1;

    /// <summary>The form of the file.</summary>
    public required int Format { get; init; }

    /// <summary>The call.</summary>
    public required CallId Call { get; init; }

    /// <summary>Wall clock at call time zero, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The version that wrote it, with the commit where the build knew it.</summary>
    public required string Build { get; init; }

    /// <summary>Identity of the compiled rules (the module version id of the core): the same rules must replay to identical commands.</summary>
    public required Guid Rules { get; init; }

    /// <summary>The shape of plans, events and commands; see <see cref="PlanVersionNow"/>.</summary>
    public required int PlanVersion { get; init; }

    /// <summary>SHA-256 over the settings as written here, lower-case hexadecimal.</summary>
    public required string Configuration { get; init; }

    /// <summary>What the call was run with.</summary>
    public required AgentSettings Settings { get; init; }

    /// <summary>The rules of this build.</summary>
    public static Guid RulesNow { get; } = typeof(CallAgent).Module.ModuleVersionId;

    /// <summary>The version of this build.</summary>
    public static string BuildNow { get; } =
        typeof(CallAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    internal static JournalHeader Of(CallId call, AgentSettings settings, DateTimeOffset startedAt) => new()
    {
        Format = JournalFormat.Version,
        Call = call,
        StartedAt = startedAt,
        Build = BuildNow,
        Rules = RulesNow,
        PlanVersion = PlanVersionNow,
        Configuration = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(settings, JournalJson.Settings))),
        Settings = settings,
    };
}
