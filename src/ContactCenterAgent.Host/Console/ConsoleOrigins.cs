using ContactCenterAgent.Host.Settings;

namespace ContactCenterAgent.Host.Console;

/// <summary>
/// Whose pages may open a call. A browser sends a page's origin with every WebSocket and lets any page try, so the origin must be the console's
/// own address by a name that nobody else can point here; that the Host header agrees proves nothing (DNS rebinding).
/// </summary>
internal sealed class ConsoleOrigins(ConsoleSettings settings)
{
    public bool Allows(string? origin, int port) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (settings.Origins.Contains(origin!.TrimEnd('/'), StringComparer.OrdinalIgnoreCase)
            || (from.Scheme == Uri.UriSchemeHttp && from.Port == port && (from.IsLoopback || from.Host == settings.Listen)));
}
