using System.Text;
using System.Threading.Channels;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>
/// A caller behind a <see cref="TextReader"/>: a terminal that is read key by key, a pipe, a file. Each word is a partial, Enter is the final. A line
/// <c>/keys 123#</c> presses keys, <c>/hangup</c> hangs up.
/// </summary>
internal sealed class TypedReader(TextReader reader, TextWriter? writer, TypedOptions options, TimeProvider time) : ITypedPeer
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    private readonly StringBuilder _word = new();
    private int _prompts;

    public async Task ReadAsync(ChannelWriter<TypedInput> inputs, Func<bool> agentIsSilent, CancellationToken cancellationToken)
    {
        // A terminal's reader may block; it must not do so on the thread that runs the call.
        await Task.Yield();
        if (options.TakeTurns) await HearOutAsync(0, agentIsSilent, cancellationToken);
        var command = false;
        var buffer = new char[1];
        while (await reader.ReadAsync(buffer, cancellationToken) > 0)
        {
            var c = buffer[0];
            if (_word.Length == 0 && c == '/') command = true;
            if (c != '\n' && (command || !char.IsWhiteSpace(c)))
            {
                // One character more than a word may have is kept, so that the word is refused and not cut.
                if (_word.Length <= options.WordCharacters) _word.Append(c);
                continue;
            }

            if (command) await CommandAsync(inputs, cancellationToken);
            else await WordAsync(inputs, cancellationToken);
            command = false;
            if (c != '\n') continue;
            var heard = Volatile.Read(ref _prompts);
            await inputs.WriteAsync(new TypedInput.Final(null), cancellationToken);
            if (options.TakeTurns) await HearOutAsync(heard, agentIsSilent, cancellationToken);
        }

        await WordAsync(inputs, cancellationToken);
        await inputs.WriteAsync(new TypedInput.Final(null), cancellationToken);
        await SilenceAsync(agentIsSilent, cancellationToken);
    }

    public async ValueTask ShowAsync(TypedOutput output, CancellationToken cancellationToken)
    {
        if (output is TypedOutput.Said) Interlocked.Increment(ref _prompts);
        if (writer is null) return;
        var line = output switch
        {
            TypedOutput.Say say => $"agent: {say.Text}",
            TypedOutput.Error error => $"({error.Message})",
            TypedOutput.Transfer => "(a person takes the call)",
            TypedOutput.Closed => "(the call is over)",
            _ => null,
        };
        if (line is not null) await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }

    /// <summary>A read that blocks at a terminal cannot be cancelled; it is left to the reader's owner.</summary>
    public ValueTask EndAsync(Task reading) => ValueTask.CompletedTask;

    private async ValueTask WordAsync(ChannelWriter<TypedInput> inputs, CancellationToken cancellationToken)
    {
        if (_word.Length == 0) return;
        if (options.Wpm is { } wpm) await Task.Delay(TimeSpan.FromMinutes(1.0 / wpm), time, cancellationToken);
        await inputs.WriteAsync(new TypedInput.Word(_word.ToString()), cancellationToken);
        _word.Clear();
    }

    private async ValueTask CommandAsync(ChannelWriter<TypedInput> inputs, CancellationToken cancellationToken)
    {
        var command = _word.ToString().Trim();
        _word.Clear();
        if (command == "/hangup") await inputs.WriteAsync(new TypedInput.HangUp(), cancellationToken);
        else if (command.StartsWith("/keys ", StringComparison.Ordinal))
        {
            foreach (var key in command["/keys ".Length..].Trim()) await inputs.WriteAsync(new TypedInput.Digit(key), cancellationToken);
        }
        else await ShowAsync(new TypedOutput.Error("Commands are /keys 123# and /hangup."), cancellationToken);
    }

    /// <summary>Waits until the agent has said something more than before and is silent, or the caller has lost patience.</summary>
    private async Task HearOutAsync(int heard, Func<bool> agentIsSilent, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while ((Volatile.Read(ref _prompts) <= heard || !agentIsSilent()) && time.GetElapsedTime(since) < PatienceMax)
            await Task.Delay(LookEvery, time, cancellationToken);
        await SilenceAsync(agentIsSilent, cancellationToken, options.Quiet);
    }

    private Task SilenceAsync(Func<bool> agentIsSilent, CancellationToken cancellationToken) => SilenceAsync(agentIsSilent, cancellationToken, options.HangUpAfter);

#pragma warning disable CA1068 // The overload above is the one that callers read.
    private async Task SilenceAsync(Func<bool> agentIsSilent, CancellationToken cancellationToken, TimeSpan lasting)
#pragma warning restore CA1068
    {
        var silentSince = time.GetTimestamp();
        while (time.GetElapsedTime(silentSince) < lasting)
        {
            await Task.Delay(LookEvery, time, cancellationToken);
            if (!agentIsSilent()) silentSince = time.GetTimestamp();
        }
    }
}
