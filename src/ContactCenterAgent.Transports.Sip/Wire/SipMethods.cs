namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>Methods; case counts (RFC 3261 section 7.1).</summary>
internal static class SipMethods
{
    internal const string Invite = "INVITE";
    internal const string Ack = "ACK";
    internal const string Bye = "BYE";
    internal const string Cancel = "CANCEL";
    internal const string Options = "OPTIONS";
    internal const string Info = "INFO";
    internal const string Refer = "REFER";
    internal const string Notify = "NOTIFY";
    internal const string Update = "UPDATE";
    internal const string Register = "REGISTER";

    /// <summary>Methods that exist, and that we do not serve: 405 rather than 501.</summary>
    private static readonly string[] Elsewhere = ["REGISTER", "SUBSCRIBE", "MESSAGE", "PUBLISH", "PRACK", "REFER"];

    /// <summary>What we serve, as the Allow header says it.</summary>
    internal const string Allow = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, NOTIFY, UPDATE";

    internal static bool IsServed(string method) => method is Invite or Ack or Bye or Cancel or Options or Info or Notify or Update;

    internal static bool IsKnown(string method) => IsServed(method) || Array.IndexOf(Elsewhere, method) >= 0;
}
