using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContactCenterAgent.Host.Timelines;

/// <summary>An enum's values as JSON: their names in snake case, <c>barged_in</c>.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class LowerCaseNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower) where T : struct, Enum;
