using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Transports.Acs;
#if CONNECTOR_AZURE
using Azure.Communication.CallAutomation;
using Azure.Identity;
using ContactCenterAgent.Plugins.Azure;
#endif

namespace ContactCenterAgent.Host;

/// <summary>What the host takes from connectors: the one place that names them. A build without a connector says which switch brings it.</summary>
internal sealed record Connectors
{
    /// <summary>Asks Azure Communication Services, with what the options and the configuration's secrets say.</summary>
    public Func<AcsOptions, IConfiguration, IAcsCommands> AcsCommands { get; init; } = OpenAcs;

#if CONNECTOR_AZURE
    private static AzureAcsCommands OpenAcs(AcsOptions options, IConfiguration configuration)
    {
        if (configuration.Secret(options.ConnectionEnvironment) is { } connection)
        {
            try
            {
                return new(new CallAutomationClient(connection));
            }
            catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or FormatException)
            {
                // The library's message may repeat the string, and the key is in it.
                throw new SettingException($"Lines:Acs: the environment variable {options.ConnectionEnvironment} does not hold a connection string.");
            }
        }

        if (Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var resource) && resource.Scheme == Uri.UriSchemeHttps) return new(new CallAutomationClient(resource, new DefaultAzureCredential()));
        throw new SettingException($"Lines:Acs: the environment variable {options.ConnectionEnvironment} is not set, and Lines:Acs:Endpoint is no https address.");
    }
#else
    private static IAcsCommands OpenAcs(AcsOptions options, IConfiguration configuration) =>
        throw new SettingException("Lines:Acs:Enabled needs the Azure connector, which this build lacks. Build with -p:ConnectorAzure=true (docs/connectors.md), or set it to false.");
#endif
}
