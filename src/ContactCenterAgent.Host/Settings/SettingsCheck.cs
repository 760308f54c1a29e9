using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace ContactCenterAgent.Host.Settings;

/// <summary>A setting stops the host. The message is one line that names the key and what is allowed; the value is left out, it may be a secret.</summary>
public sealed class SettingException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads the configuration against the settings' classes, before anything is bound or opened.</summary>
public static class SettingsCheck
{
    /// <summary>Checks every key under our roots; other roots belong to the framework and to the environment.</summary>
    /// <exception cref="SettingException">A value is not allowed, or a key is unknown.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var (root, type) in SettingsRoots.All) CheckRoot(configuration.GetSection(root), type);
    }

    private static void CheckRoot(IConfigurationSection root, Type type)
    {
        if (root.Value is { Length: > 0 }) throw new SettingException($"{root.Path} holds settings of its own and takes no value. Allowed: {Keys(root, type)}.");
        foreach (var section in root.GetChildren())
        {
            var property = type.GetProperty(section.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { CanWrite: true } found ? found
                : throw new SettingException($"{section.Path} is not a setting. Allowed: {Keys(root, type)}.");
            if (IsNested(property.PropertyType)) CheckRoot(section, property.PropertyType);
            else if (property.PropertyType.IsArray && IsNested(property.PropertyType.GetElementType()!)) CheckList(section, property);
            else if (!IsAllowed(section, property)) throw new SettingException($"{section.Path} has a value that is not allowed. Allowed: {Allowed(property)}.");
        }
    }

    private static void CheckList(IConfigurationSection list, PropertyInfo property)
    {
        var items = list.GetChildren().ToList();
        if (list.Value is { Length: > 0 } || !property.GetCustomAttributes<MaxLengthAttribute>().All(rule => items.Count <= rule.Length))
            throw new SettingException($"{list.Path} has a value that is not allowed. Allowed: {Allowed(property)}.");
        foreach (var item in items) CheckRoot(item, property.PropertyType.GetElementType()!);
    }

    private static bool IsNested(Type type) => type.IsClass && type != typeof(string) && !type.IsArray;

    private static bool IsAllowed(IConfigurationSection section, PropertyInfo property)
    {
        if (!property.PropertyType.IsArray && section.GetChildren().Any()) return false;
        try
        {
            var value = section.Get(property.PropertyType);
            return property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Keys(IConfigurationSection root, Type type) => string.Join(", ", type.GetProperties().Where(p => p.CanWrite).Select(p => $"{root.Path}:{p.Name}"));

    private static string Allowed(PropertyInfo property)
    {
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } some) return string.Join(", ", some.Values.Where(v => v is not null));
        if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } names) return string.Join(", ", Enum.GetNames(names));
        if (property.PropertyType == typeof(bool)) return "true, false";
        return property.GetCustomAttributes<ValidationAttribute>().FirstOrDefault() switch
        {
            RequiredAttribute => "any text that is not empty",
            RangeAttribute range => $"{range.Minimum} to {range.Maximum}",
            StringLengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} characters",
            MaxLengthAttribute list => $"a list of up to {list.Length}",
            { } other => other.FormatErrorMessage(property.Name),
            null => property.PropertyType.Name,
        };
    }
}
