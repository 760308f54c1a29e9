using System.Threading.Channels;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;

namespace ContactCenterAgent.Transports.Sip.Sockets;

/// <summary>The one place that touches the stack: takes what came, lets it think, sends what it says, arms one timer for its next deadline.</summary>
internal sealed class SipLoop : IAsyncDisposable
{
    private const int InputsMax = 16_384;

    private readonly SipStack _stack;
    private readonly Action<SipEvent> _happened;
    private readonly Action<Exception> _broke;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly Channel<SipInput> _inputs = Channel.CreateBounded<SipInput>(new BoundedChannelOptions(InputsMax) { SingleReader = true });
    private readonly Channel<SipInput> _commands = Channel.CreateUnbounded<SipInput>(new() { SingleReader = true });
    private readonly ITimer _timer;
    private Action<SipPeer, ReadOnlyMemory<byte>> _send = static (_, _) => { };
    private Task _running = Task.CompletedTask;
    private TimeSpan? _armed;

    internal SipLoop(SipStack stack, Action<SipEvent> happened, Action<Exception> broke, TimeProvider time)
    {
        (_stack, _happened, _broke, _time, _origin) = (stack, happened, broke, time, time.GetTimestamp());
        _timer = time.CreateTimer(_ => _commands.Writer.TryWrite(SipInput.Tick.Now), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Messages that found no room: the network was faster than the machine.</summary>
    internal long Dropped { get; private set; }

    internal void Start(Action<SipPeer, ReadOnlyMemory<byte>> send)
    {
        _send = send;
        _running = RunAsync();
    }

    /// <summary>A message; dropped and counted when too many wait. What must not be lost is sent again by its sender.</summary>
    internal void Heard(SipPeer from, byte[] bytes)
    {
        if (!_inputs.Writer.TryWrite(new SipInput.Heard(from, bytes))) Dropped++;
    }

    /// <summary>Ours; never dropped. There are only as many as calls have commands.</summary>
    internal void Do(Action<SipStack> act) => _commands.Writer.TryWrite(new SipInput.Act(act));

    internal void Failed(SipPeer to) => _commands.Writer.TryWrite(new SipInput.Failed(to));

    /// <summary>Runs something on the stack's own thread and waits for it.</summary>
    internal async Task<T> AskAsync<T>(Func<SipStack, T> ask)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Do(stack => answer.SetResult(ask(stack)));
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _inputs.Writer.TryComplete();
        _commands.Writer.TryComplete();
        await _running;
        await _timer.DisposeAsync();
    }

    private async Task RunAsync()
    {
        // Off the starter's thread, and never on a thread that waits for this loop.
        await Task.Yield();
        var commands = _commands.Reader.WaitToReadAsync().AsTask();
        var inputs = _inputs.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            await Task.WhenAny(commands, inputs);
            for (var turn = 0; turn < 256 && TryNext(out var input); turn++) Take(input);
            Settle();
            if (commands.IsCompleted)
            {
                if (!await commands) return;
                commands = _commands.Reader.WaitToReadAsync().AsTask();
            }

            if (inputs.IsCompleted && await inputs) inputs = _inputs.Reader.WaitToReadAsync().AsTask();
            else if (inputs.IsCompleted) inputs = new TaskCompletionSource<bool>().Task;
        }
    }

    private bool TryNext(out SipInput input) => _commands.Reader.TryRead(out input!) || _inputs.Reader.TryRead(out input!);

    private void Take(SipInput input)
    {
        try
        {
            _stack.Advance(_time.GetElapsedTime(_origin));
            switch (input)
            {
                case SipInput.Heard heard:
                    _stack.Receive(heard.From, heard.Bytes);
                    break;
                case SipInput.Failed failed:
                    _stack.Failed(failed.To);
                    break;
                case SipInput.Tick:
                    // A timer may be a little early: the same deadline is then armed once more.
                    _armed = null;
                    break;
                case SipInput.Act act:
                    act.Do(_stack);
                    break;
            }

            Flush();
        }
#pragma warning disable CA1031 // A bug in one message's handling must not end all calls.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _broke(fault);
        }
    }

    private void Flush()
    {
        while (true)
        {
            while (_stack.TryTakeMessage(out var message)) _send(message.To, message.Bytes);
            if (!_stack.TryTakeEvent(out var happened)) return;
            _happened(happened);
        }
    }

    private void Settle()
    {
        var next = _stack.NextDeadline;
        if (next == _armed) return;
        _armed = next;
        var wait = next is { } due ? due - _time.GetElapsedTime(_origin) : Timeout.InfiniteTimeSpan;
        _timer.Change(next is null || wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
