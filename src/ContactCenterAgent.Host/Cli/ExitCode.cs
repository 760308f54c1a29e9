namespace ContactCenterAgent.Host.Cli;

/// <summary>What the host's process returns.</summary>
public static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>A script did not end as it should, a law broke, a replay differed, an audit found a change.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a setting is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file, a folder, the database or the port cannot be used.</summary>
    public const int Storage = 3;
}
