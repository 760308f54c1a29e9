using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactCenterAgent.Plugins.Shared;

/// <summary>What became of an effect, by its key; saved in the effect's own transaction.</summary>
internal sealed class EffectRow
{
    public required string Key { get; init; }

    public required string Tool { get; init; }

    /// <summary>The result's JSON; null = looked up before it came, so it must never come.</summary>
    public string? Result { get; init; }

    public long AtMicros { get; init; }

    public static void Map(EntityTypeBuilder<EffectRow> row, string table)
    {
        row.ToTable(table);
        row.HasKey(e => e.Key);
    }
}

/// <summary>At most one effect per key, and a true answer to "what became of it".</summary>
internal static class Effects
{
    /// <summary>Runs an effect unless its key is done already; then the saved result is given again.</summary>
    /// <exception cref="ToolRefusedException"><c>given_up</c>: the key was looked up, found absent and promised to stay so.</exception>
    public static async Task<JsonObject> OnceAsync(
        DbContext db, ToolArguments arguments, string tool, long now, Func<Task<JsonObject>> effect, CancellationToken cancellationToken)
    {
        if (arguments.Key is not { } key)
        {
            var unkeyed = await effect();
            await db.SaveChangesAsync(cancellationToken);
            return unkeyed;
        }

        if (await db.Set<EffectRow>().FindAsync([key], cancellationToken) is { } earlier)
            return earlier.Result is { } saved ? JsonNode.Parse(saved)!.AsObject() : throw new ToolRefusedException("given_up");

        var result = await effect();
        db.Add(new EffectRow { Key = key, Tool = tool, Result = result.ToJsonString(), AtMicros = now });
        await db.SaveChangesAsync(cancellationToken);
        return result;
    }

    /// <summary>The look-up function of a tool: done with its result, or absent, and then its key is closed for good.</summary>
    public static ToolFunction LookUp<TContext>(ToolDescriptor tool, PluginStore<TContext> store, TimeProvider time)
        where TContext : DbContext =>
        new(tool, "look_up", async (arguments, cancellationToken) =>
        {
            try
            {
                return await store.WriteAsync(arguments, db => FindAsync(db, arguments, tool.Name, UtcMicros.Now(time), cancellationToken), cancellationToken);
            }
            catch (ToolUnavailableException)
            {
                return new() { ["state"] = "unknown" };
            }
        });

    private static async Task<JsonObject> FindAsync(DbContext db, ToolArguments arguments, string tool, long now, CancellationToken cancellationToken)
    {
        var key = arguments.Key ?? throw new InvalidOperationException($"The context lacks {ToolContext.Key}.");
        var row = await db.Set<EffectRow>().FindAsync([key], cancellationToken);
        if (row?.Result is { } saved)
        {
            var done = new JsonObject { ["state"] = "done" };
            foreach (var (name, value) in JsonNode.Parse(saved)!.AsObject()) done[name] = value?.DeepClone();
            return done;
        }

        if (row is null)
        {
            db.Add(new EffectRow { Key = key, Tool = tool, AtMicros = now });
            await db.SaveChangesAsync(cancellationToken);
        }

        return new() { ["state"] = "absent" };
    }
}
