namespace ContactCenterAgent.Core.Turns;

/// <summary>stub</summary>
public enum Claim
{
    /// <summary>s</summary>
    None,
}

/// <summary>stub</summary>
public static class ClaimDetector
{
    /// <summary>s</summary>
    public static Claim Read(string sentence) => Claim.None;
}
