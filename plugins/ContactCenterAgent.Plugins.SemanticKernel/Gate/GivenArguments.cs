using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>Arguments as a model wrote them, brought to the canonical form of their types as far as the type alone decides it.</summary>
internal static class GivenArguments
{
    private const int CharactersMax = 500;

    /// <returns>The arguments, or what to tell the model.</returns>
    internal static (ImmutableSortedDictionary<string, string> Arguments, JsonObject? Fault) Read(ToolDescriptor tool, IEnumerable<KeyValuePair<string, object?>> given)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            if (Text(value) is not { Length: > 0 } text) continue;
            if (tool.Parameter(name) is not { } parameter) return (read.ToImmutable(), Answers.Invalid(name, "is not one of this function's"));
            if (text.Length > CharactersMax) return (read.ToImmutable(), Answers.Invalid(name, "is too long"));
            if (Canonical(parameter, text) is not { } canonical) return (read.ToImmutable(), Answers.Invalid(name, "is not of its form"));
            read[name] = canonical;
        }

        foreach (var parameter in tool.Parameters)
            if (parameter is { Required: true, Default: null } && !read.ContainsKey(parameter.Name)) return (read.ToImmutable(), Answers.Invalid(parameter.Name, "is missing"));
        return (read.ToImmutable(), null);
    }

    private static string? Text(object? value) => value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        string text => text.Trim(),
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim(),
        JsonElement element => element.GetRawText(),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()?.Trim(),
    };

    private static string? Canonical(ToolParameter parameter, string text)
    {
        var canonical = parameter.Type switch
        {
            ParameterType.Text => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant(),
            ParameterType.Choice => parameter.Values.FirstOrDefault(v => v.Value.Equals(text, StringComparison.OrdinalIgnoreCase))?.Value,
            ParameterType.Boolean => text.ToLowerInvariant() is "true" or "false" ? text.ToLowerInvariant() : null,
            ParameterType.Count => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count.ToString(CultureInfo.InvariantCulture) : null,
            ParameterType.Number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.############################") : null,
            ParameterType.Date or ParameterType.DateOfBirth => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day.ToString("yyyy-MM-dd") : null,
            ParameterType.Email => text.Contains('@', StringComparison.Ordinal) ? text.ToLowerInvariant() : null,
            ParameterType.Postcode => text.ToUpperInvariant(),
            ParameterType.Reference => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant(),
            ParameterType.Digits => string.Concat(text.Where(c => c is not (' ' or '-'))) is var digits && digits.All(char.IsAsciiDigit) ? digits : null,
            _ => text,
        };
        return canonical is not null && (parameter.Pattern is not { } pattern || Regex.IsMatch(canonical, $"^(?:{pattern})$", RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(50)))
            ? canonical
            : null;
    }
}
