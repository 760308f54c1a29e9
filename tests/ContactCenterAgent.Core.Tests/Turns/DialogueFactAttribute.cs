namespace ContactCenterAgent.Core.Tests.Turns;

/// <summary>A test over public dialogues: they lie where CONTACTCENTER_DATA says, else in shared/data of a folder above; without them it is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DialogueFactAttribute : FactAttribute
{
    public const string File = "sgd-calls/dialogues.jsonl";

    public DialogueFactAttribute()
    {
        if (Path is null) Skip = $"{File} is not here: set CONTACTCENTER_DATA to the folder that holds it";
    }

    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CONTACTCENTER_DATA") is { Length: > 0 } set)
            return Existing(System.IO.Path.Combine(set, File));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Existing(System.IO.Path.Combine(folder.FullName, "shared", "data", File)) is { } found) return found;
        return null;
    }

    private static string? Existing(string path) => System.IO.File.Exists(path) ? path : null;
}
