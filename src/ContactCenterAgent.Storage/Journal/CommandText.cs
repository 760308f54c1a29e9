using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>The canonical text of a command: what the journal keeps and what a replay is compared by. It shows personal values; keep it encrypted.</summary>
public static class CommandText
{
    /// <summary>The command as JSON, its type first as <c>$type</c>, its properties in the order of declaration; the same for equal commands.</summary>
    /// <remarks>
    /// A planner's request repeats tools, results and history that the journal already has, so <see cref="AskPlanner"/> is kept as
    /// generation, role, the hash of the words and a digest of the whole request.
    /// </remarks>
    public static string Of(Command command) => command is AskPlanner ask
        ? JsonSerializer.Serialize(Asked(ask.Request), JournalJson.Asked)
        : JsonSerializer.Serialize(command, JournalJson.Command);

    private static AskedPlanner Asked(PlanRequest request)
    {
        // The tools' declarations are fixed for the call and covered by the header's configuration hash; their names stand for them.
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(JsonSerializer.SerializeToUtf8Bytes(request with { Tools = [] }, JournalJson.Request));
        foreach (var tool in request.Tools) digest.AppendData(Encoding.UTF8.GetBytes(tool.Name + "\n"));
        return new(nameof(AskPlanner), request.Generation, request.Role, request.Hash, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }
}

/// <summary>An <see cref="AskPlanner"/> as the journal keeps it.</summary>
internal sealed record AskedPlanner(
    [property: System.Text.Json.Serialization.JsonPropertyName("$type")] string Type, Generation Generation, PlannerRole Role, WordsHash Words, string Request);
