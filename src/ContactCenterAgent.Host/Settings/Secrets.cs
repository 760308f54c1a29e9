namespace ContactCenterAgent.Host.Settings;

/// <summary>Keys of services: from the environment or another provider of the configuration, never from the settings file.</summary>
internal static class Secrets
{
    /// <summary>The secret of a name; null = there is none.</summary>
    /// <remarks>A key that somebody has put into the settings file is not taken: it would end up in a repository.</remarks>
    public static string? Find(IConfiguration configuration, string name)
    {
        foreach (var provider in ((IConfigurationRoot)configuration).Providers.Reverse())
            if (provider is not FileConfigurationProvider { Source.Path: "appsettings.json" } && provider.TryGet(name, out var secret) && !string.IsNullOrWhiteSpace(secret)) return secret;
        return null;
    }

    /// <summary>The key of a service.</summary>
    /// <param name="configuration">Holds it.</param>
    /// <param name="path">The service's settings, for the message.</param>
    /// <param name="variable">The name under which it stands; null = none is named.</param>
    /// <param name="fallback">The name that the service's own vendor uses; null = no key is needed.</param>
    /// <returns>Null: none is needed.</returns>
    /// <exception cref="SettingException">It is not there.</exception>
    public static string? Need(IConfiguration configuration, string path, string? variable, string? fallback) =>
        (variable ?? fallback) is not { } name ? null
        : Find(configuration, name) ?? throw new SettingException($"{path}: the environment variable {name} is not set. It holds the API key.");
}
