using System.Security.Cryptography;
using System.Text;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Which part of a folder is scored.</summary>
public enum DataPart
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>What was never looked at while the planner was made.</summary>
    HeldOut,

    /// <summary>The rest.</summary>
    Development,
}

/// <summary>The fixed split of the developers' data: a fifth, by the hash of an id, is held out.</summary>
public static class HeldOut
{
    /// <summary>The first byte of SHA-256 over the id's UTF-8 is divisible by five. Ids: of the utterance, of the dialogue, of the speaker where there is one.</summary>
    public static bool Contains(string id) => Fold(id) == 0;

    /// <summary>Which of five parts an id is in, 0 to 4; 0 is held out.</summary>
    public static int Fold(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id))[0] % Folds;

    /// <summary>How many parts <see cref="Fold"/> makes.</summary>
    public const int Folds = 5;

    /// <summary>Whether an id belongs to a part.</summary>
    public static bool IsIn(this DataPart part, string id) => part == DataPart.All || Contains(id) == (part == DataPart.HeldOut);
}
