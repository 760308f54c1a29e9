using System.Globalization;
using System.Text;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>A piece of a plan's JSON, as soon as it is whole.</summary>
internal abstract record PlanPiece
{
    private PlanPiece() { }

    /// <summary>The opening brace: the answer is a plan.</summary>
    internal sealed record Begun : PlanPiece;

    /// <summary>An element of <c>calls</c>.</summary>
    internal sealed record Call(string Json) : PlanPiece;

    /// <summary>All properties but the reply, by name, each as JSON text.</summary>
    internal sealed record Head(IReadOnlyDictionary<string, string> Properties) : PlanPiece;

    /// <summary>More text of the reply, decoded.</summary>
    internal sealed record Reply(string Text) : PlanPiece;

    /// <summary>The closing brace.</summary>
    internal sealed record Whole : PlanPiece;
}

/// <summary>
/// Reads a plan's JSON (RFC 8259) while it is being written, whatever the sizes of the bits. It looks at the outermost object only; what stands in it is parsed by whoever
/// gets the piece. Text before the first brace (a fence, a thought) is passed over.
/// </summary>
internal sealed class PlanJson
{
    private const int PreambleMax = 8_192;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _preamble = new();
    private readonly StringBuilder _reply = new();
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);
    private readonly StringBuilder _unicode = new();
    private int _depth, _keyStart, _valueStart, _callStart;
    private bool _begun, _inString, _escaped, _inUnicode, _expectsKey, _headGiven;
    private string? _key;

    /// <summary>The closing brace has been read.</summary>
    internal bool IsWhole { get; private set; }

    /// <summary>The text cannot become a plan any more.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Characters read so far.</summary>
    internal int Characters => _text.Length + _preamble.Length;

    /// <summary>All that was read, for a model that has to try again.</summary>
    internal string Text => _begun ? _text.ToString() : _preamble.ToString();

    /// <summary>Reads on.</summary>
    internal void Add(string text, List<PlanPiece> into)
    {
        foreach (var c in text)
        {
            if (IsWhole || IsBroken) break;
            if (_begun) Take(c, into);
            else Begin(c, into);
        }

        FlushReply(into);
    }

    private void Begin(char c, List<PlanPiece> into)
    {
        if (c != '{' || IsThinking())
        {
            _preamble.Append(c);
            IsBroken = _preamble.Length > PreambleMax;
            return;
        }

        _begun = _expectsKey = true;
        _depth = 1;
        _text.Append(c);
        into.Add(new PlanPiece.Begun());
    }

    private bool IsThinking()
    {
        var before = _preamble.ToString();
        return before.LastIndexOf("<think>", StringComparison.Ordinal) > before.LastIndexOf("</think>", StringComparison.Ordinal);
    }

    private void Take(char c, List<PlanPiece> into)
    {
        _text.Append(c);
        if (_inString) InString(c);
        else if (c == '"') OpenString();
        else if (c is '{' or '[') Open(c);
        else if (c is '}' or ']') Close(into);
        else if (_depth == 1 && c == ':') Value(into);
        else if (_depth == 1 && c == ',') EndValue();
    }

    private void OpenString()
    {
        _inString = true;
        if (_depth == 1 && _expectsKey && _key is null) _keyStart = _text.Length;
    }

    private void InString(char c)
    {
        var reply = _depth == 1 && !_expectsKey && _key == "reply";
        if (_inUnicode)
        {
            Unicode(c, reply);
        }
        else if (_escaped)
        {
            _escaped = false;
            if (c == 'u') _inUnicode = true;
            else if (reply) _reply.Append(c switch { 'n' or 'r' or 't' => ' ', 'b' or 'f' => ' ', _ => c });
        }
        else if (c == '\\')
        {
            _escaped = true;
        }
        else if (c == '"')
        {
            _inString = false;
            if (_depth == 1 && _expectsKey && _key is null) _key = _text.ToString(_keyStart, _text.Length - 1 - _keyStart);
        }
        else if (reply)
        {
            _reply.Append(c);
        }
    }

    private void Unicode(char c, bool reply)
    {
        _unicode.Append(c);
        if (_unicode.Length < 4) return;
        if (!ushort.TryParse(_unicode.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) IsBroken = true;
        else if (reply) _reply.Append((char)unit);
        _unicode.Clear();
        _inUnicode = false;
    }

    private void Open(char c)
    {
        _depth++;
        if (c == '{' && _depth == 3 && _key == "calls") _callStart = _text.Length - 1;
    }

    private void Close(List<PlanPiece> into)
    {
        _depth--;
        if (_depth == 2 && _key == "calls" && _callStart > 0)
        {
            into.Add(new PlanPiece.Call(_text.ToString(_callStart, _text.Length - _callStart)));
            _callStart = 0;
        }

        if (_depth > 0) return;
        EndValue();
        GiveHead(into);
        FlushReply(into);
        IsWhole = true;
        into.Add(new PlanPiece.Whole());
    }

    private void Value(List<PlanPiece> into)
    {
        if (_key is null || _headGiven) IsBroken = true;
        _expectsKey = false;
        _valueStart = _text.Length;
        if (_key == "reply" && _properties.ContainsKey("calls")) GiveHead(into);
    }

    // Ends the present property; at the closing brace its last character is the brace.
    private void EndValue()
    {
        if (_key is not null && !_expectsKey && _key != "reply") _properties[_key] = _text.ToString(_valueStart, _text.Length - 1 - _valueStart);
        _key = null;
        _expectsKey = true;
    }

    private void GiveHead(List<PlanPiece> into)
    {
        if (!_headGiven) into.Add(new PlanPiece.Head(_properties));
        _headGiven = true;
    }

    private void FlushReply(List<PlanPiece> into)
    {
        if (!_headGiven || _reply.Length == 0) return;
        into.Add(new PlanPiece.Reply(_reply.ToString()));
        _reply.Clear();
    }
}
