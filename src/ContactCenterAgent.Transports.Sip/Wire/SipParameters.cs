using System.Text;

namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>Parameters behind semicolons, in their order; names ignore case. Immutable.</summary>
internal sealed class SipParameters
{
    internal static readonly SipParameters None = new([]);

    private static readonly System.Buffers.SearchValues<char> NotInValues = System.Buffers.SearchValues.Create(" \t,\"<>");

    private readonly (string Name, string? Value)[] _all;

    private SipParameters((string, string?)[] all) => _all = all;

    internal int Count => _all.Length;

    /// <summary>The value as it was written, quotes included; null = absent, or there without a value.</summary>
    internal string? this[string name] => Find(name) is var at and >= 0 ? _all[at].Value : null;

    internal bool Has(string name) => Find(name) >= 0;

    internal SipParameters With(string name, string? value)
    {
        var at = Find(name);
        if (at < 0) return new([.. _all, (name, value)]);
        var changed = ((string, string?)[])_all.Clone();
        changed[at] = (name, value);
        return new(changed);
    }

    internal SipParameters Without(string name) => Has(name) ? new([.. _all.Where(p => !SipText.Same(p.Name, name))]) : this;

    /// <summary>Reads <c>;a=b;c</c>; blanks around <c>;</c> and <c>=</c> are allowed; empty text is no parameters.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        parameters = None;
        var all = new List<(string, string?)>();
        text = SipText.Trim(text);
        while (!text.IsEmpty)
        {
            if (text[0] != ';') return false;
            text = text[1..];
            var end = SipText.IndexOutside(text, ';');
            if (end == -2) return false;
            if (!TryOne(SipText.Trim(end < 0 ? text : text[..end]), all)) return false;
            text = end < 0 ? default : text[end..];
        }

        if (all.Count > 0) parameters = new([.. all]);
        return true;
    }

    private static bool TryOne(ReadOnlySpan<char> one, List<(string, string?)> all)
    {
        var equals = one.IndexOf('=');
        var name = equals < 0 ? one : SipText.Trim(one[..equals]);
        if (!SipText.IsToken(name)) return false;
        if (equals < 0)
        {
            all.Add((name.ToString(), null));
            return true;
        }

        var value = SipText.Trim(one[(equals + 1)..]);
        if (value.IsEmpty || (value[0] == '"' && SipText.QuoteEnd(value, 0) != value.Length - 1)) return false;
        if (value[0] != '"' && value.ContainsAny(NotInValues)) return false;
        all.Add((name.ToString(), value.ToString()));
        return true;
    }

    public override string ToString()
    {
        if (_all.Length == 0) return "";
        var text = new StringBuilder();
        foreach (var (name, value) in _all)
        {
            text.Append(';').Append(name);
            if (value is not null) text.Append('=').Append(value);
        }

        return text.ToString();
    }

    private int Find(string name)
    {
        for (var i = 0; i < _all.Length; i++)
            if (SipText.Same(_all[i].Name, name)) return i;
        return -1;
    }
}
