using ContactCenterAgent.Storage;

namespace ContactCenterAgent.Host.Settings;

/// <summary>The roots of the configuration, and the class behind each.</summary>
public static class SettingsRoots
{
    /// <summary>Root names with their classes.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase)
    {
        ["Lines"] = typeof(LineSettings),
        ["Speech"] = typeof(SpeechSettings),
        ["Planner"] = typeof(PlannerSettings),
        ["Tools"] = typeof(ToolSettings),
        ["Storage"] = typeof(StoreOptions),
        ["Operator"] = typeof(OperatorSettings),
        ["Console"] = typeof(ConsoleSettings),
        ["Telemetry"] = typeof(TelemetrySettings),
    };

    /// <summary>Makes every root's class available as options, checked once more when the host starts.</summary>
    public static void AddSettings(this IServiceCollection services)
    {
        Add<LineSettings>();
        Add<SpeechSettings>();
        Add<PlannerSettings>();
        Add<ToolSettings>();
        Add<StoreOptions>();
        Add<OperatorSettings>();
        Add<ConsoleSettings>();
        Add<TelemetrySettings>();

        void Add<T>() where T : class =>
            services.AddOptions<T>().BindConfiguration(All.Single(r => r.Value == typeof(T)).Key).ValidateDataAnnotations().ValidateOnStart();
    }
}
