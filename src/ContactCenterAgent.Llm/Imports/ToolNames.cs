using System.Text;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>Other people's names in our form.</summary>
internal static class ToolNames
{
    private const int CharactersMax = 64;

    /// <summary><c>getOrderById</c>, <c>get-order</c> and <c>get.order</c> in snake case; letters and digits only.</summary>
    internal static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length && snake.Length < CharactersMax; i++)
        {
            var c = name[i];
            if (!char.IsAsciiLetterOrDigit(c))
            {
                if (snake.Length > 0 && snake[^1] != '_') snake.Append('_');
                continue;
            }

            var begins = char.IsAsciiLetterUpper(c) && i > 0 && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1]) || (char.IsAsciiLetterUpper(name[i - 1]) && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (begins && snake.Length > 0 && snake[^1] != '_') snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString().Trim('_');
    }

    /// <summary>A name that is free: its own, or with the source's before it; with the operator's prefix where there is one. Null = taken.</summary>
    internal static string? Free(string name, ImportOptions options, ISet<string> taken)
    {
        var own = Snake(options.Prefix is { } prefix ? $"{prefix}_{name}" : name);
        if (own.Length > 0 && taken.Add(own)) return own;
        if (options.Prefix is not null) return null;
        var prefixed = Snake($"{options.Source}_{name}");
        return prefixed.Length > 0 && taken.Add(prefixed) ? prefixed : null;
    }
}
