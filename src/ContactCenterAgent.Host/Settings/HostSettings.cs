namespace ContactCenterAgent.Host.Settings;

/// <summary>The configuration: the program's own <c>appsettings.json</c>, then the environment.</summary>
public static class HostSettings
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "appsettings.json");

    /// <summary>Loads and checks it.</summary>
    /// <exception cref="SettingException">A value is not allowed, a key is unknown, or the file is not JSON.</exception>
    public static IConfigurationRoot Load()
    {
        try
        {
            var configuration = new ConfigurationBuilder().AddJsonFile(File, optional: true).AddEnvironmentVariables().Build();
            SettingsCheck.Check(configuration);
            return configuration;
        }
        catch (InvalidDataException broken)
        {
            throw new SettingException($"{File} is not JSON: {broken.InnerException?.Message ?? broken.Message}", broken);
        }
    }

    /// <summary>The settings of one root.</summary>
    public static T Of<T>(this IConfiguration configuration) where T : new() =>
        configuration.GetSection(SettingsRoots.All.Single(r => r.Value == typeof(T)).Key).Get<T>() ?? new();
}
