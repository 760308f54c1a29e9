using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace ContactCenterAgent.Core.Turns;

/// <summary>A phrase taken apart into words, punctuation and fields.</summary>
internal sealed class PhraseTemplate
{
    // Keyed by the string itself: a descriptor's phrases are parsed once and forgotten with the descriptor.
    private static readonly ConditionalWeakTable<string, PhraseTemplate> Parsed = [];

    private PhraseTemplate(ImmutableArray<Piece> pieces) => Pieces = pieces;

    /// <summary>In the order of the text.</summary>
    public ImmutableArray<Piece> Pieces { get; }

    /// <summary>Parses a template, or finds it parsed.</summary>
    public static PhraseTemplate Of(string template) => Parsed.GetValue(template, Parse);

    /// <summary>Fields are <c>{name}</c>; a brace without its partner is dropped.</summary>
    private static PhraseTemplate Parse(string template)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var word = new StringBuilder();
        var (wordGlued, glued) = (false, false);
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            var close = c == '{' ? template.IndexOf('}', i) : -1;
            if (close > 0 && template.IndexOf('{', i + 1) is var next && (next < 0 || next > close))
            {
                End();
                pieces.Add(new("", template[(i + 1)..close].Trim(), glued));
                glued = true;
                i = close;
            }
            else if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                End();
                glued = false;
            }
            else if (c is not ('{' or '}'))
            {
                if (word.Length == 0) (wordGlued, glued) = (glued, true);
                word.Append(c);
            }
        }

        End();
        return new(pieces.ToImmutable());

        void End()
        {
            if (word.Length > 0) pieces.Add(new(word.ToString(), null, wordGlued));
            word.Clear();
        }
    }

    /// <summary>A word as written, or a field's name; glued to what is before it where no space stands between.</summary>
    internal readonly record struct Piece(string Text, string? Field, bool Glued);
}
