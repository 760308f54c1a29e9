using System.Text;

namespace ContactCenterAgent.Host.Scripts;

/// <summary>A terminal as a reader that gives each word when it is typed. Backspace mends the word that is being typed; what was said is said.</summary>
/// <param name="time">The clock between two looks at the keyboard.</param>
internal sealed class KeyReader(TimeProvider time) : TextReader
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(15);

    private readonly StringBuilder _word = new();
    private readonly StringBuilder _said = new();
    private string _ready = "";

    /// <summary>What stands on the caller's line.</summary>
    public string Line { get; private set; } = "";

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (_ready.Length == 0)
        {
            if (System.Console.KeyAvailable) Press(System.Console.ReadKey(intercept: true));
            else await Task.Delay(LookEvery, time, cancellationToken);
        }

        var taken = Math.Min(buffer.Length, _ready.Length);
        _ready.AsSpan(0, taken).CopyTo(buffer.Span);
        _ready = _ready[taken..];
        return taken;
    }

    internal void Press(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Enter)
        {
            _ready += _word + "\n";
            _word.Clear();
            _said.Clear();
        }
        else if (key.Key == ConsoleKey.Backspace)
        {
            if (_word.Length > 0) _word.Length--;
        }
        else if (key.KeyChar == ' ' && !IsCommand)
        {
            _ready += _word + " ";
            _said.Append(_word).Append(' ');
            _word.Clear();
        }
        else if (!char.IsControl(key.KeyChar))
        {
            _word.Append(key.KeyChar);
        }

        Line = _said.ToString() + _word;
    }

    private bool IsCommand => _word.Length > 0 && _word[0] == '/';
}
