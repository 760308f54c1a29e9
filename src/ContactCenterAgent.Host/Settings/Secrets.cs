namespace ContactCenterAgent.Host.Settings;

/// <summary>Secrets by name, from the environment or another configuration provider.</summary>
internal static class Secrets
{
    private static readonly string[] Telling = ["authorization", "cookie", "key", "token", "secret", "password"];

    /// <summary>A secret; null = it is not there. One that somebody has put into the settings file is not taken: it would end up in a repository.</summary>
    public static string? Secret(this IConfiguration configuration, string name)
    {
        foreach (var provider in ((IConfigurationRoot)configuration).Providers.Reverse())
            if (provider is not FileConfigurationProvider { Source.Path: "appsettings.json" } && provider.TryGet(name, out var secret) && !string.IsNullOrWhiteSpace(secret)) return secret;
        return null;
    }

    /// <summary>Headers or variables with their secrets in place.</summary>
    /// <exception cref="SettingException">A secret is not there, or what looks like one stands in the settings.</exception>
    public static Dictionary<string, string> Named(this IConfiguration configuration, string path, NamedValueSettings[] values)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, value) in values.Index())
        {
            var at = $"{path}:{i}";
            if (value.Name.Length == 0) throw new SettingException($"{at}:Name is missing. Allowed: a name.");
            if (!named.TryAdd(value.Name, Value(at, value, configuration))) throw new SettingException($"{path} has {value.Name} twice. Allowed: one each.");
        }

        return named;
    }

    private static string Value(string at, NamedValueSettings value, IConfiguration configuration)
    {
        var text = (value.From, value.Value) switch
        {
            ({ } from, null) => configuration.Secret(from) ?? throw new SettingException($"{at}: the environment variable {from} is not set. It holds the value of {value.Name}."),
            (null, { } plain) when !Telling.Any(word => value.Name.Contains(word, StringComparison.OrdinalIgnoreCase)) => plain,
            (null, not null) => throw new SettingException($"{at}:Value holds what looks like a secret. Allowed: {at}:From with the name of an environment variable."),
            _ => throw new SettingException($"{at} needs a value. Allowed: {at}:Value or {at}:From, one of them."),
        };
        return value.Scheme is { } scheme ? $"{scheme} {text}" : text;
    }

    /// <summary>The key of a service.</summary>
    /// <param name="configuration">Holds it.</param>
    /// <param name="path">The service's settings, for the message.</param>
    /// <param name="variable">The name under which it stands; null = none is named.</param>
    /// <param name="fallback">The name that the service's own vendor uses; null = no key is needed.</param>
    /// <returns>Null: none is needed.</returns>
    /// <exception cref="SettingException">It is not there.</exception>
    public static string? Need(this IConfiguration configuration, string path, string? variable, string? fallback) =>
        (variable ?? fallback) is not { } name ? null
        : configuration.Secret(name) ?? throw new SettingException($"{path}: the environment variable {name} is not set. It holds the API key.");
}
