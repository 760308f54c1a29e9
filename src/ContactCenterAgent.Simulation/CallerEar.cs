using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Runtime;

namespace ContactCenterAgent.Simulation;

/// <summary>A prompt as the caller heard it.</summary>
/// <param name="Prompt">What was said.</param>
/// <param name="StartedAt">Call time of its first sample.</param>
public sealed record HeardPrompt(Say Prompt, TimeSpan StartedAt)
{
    /// <summary>Call time at which it ended; null = it still plays.</summary>
    public TimeSpan? EndedAt { get; init; }

    /// <summary>Whether it answers: anything but a greeting, a filler or an echo.</summary>
    public bool Answers => Prompt.Kind is not (PromptKind.Greeting or PromptKind.Filler or PromptKind.Echo);
}

/// <summary>What the caller has heard so far, and waiting for it to be something.</summary>
internal sealed class CallerEar
{
    private readonly Lock _gate = new();
    private readonly List<HeardPrompt> _heard = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IReadOnlyList<HeardPrompt> Heard
    {
        get { lock (_gate) return [.. _heard]; }
    }

    internal void Started(Say prompt, TimeSpan at) => Change(() => _heard.Add(new(prompt, at)));

    internal void Ended(Say prompt, TimeSpan at) => Change(() =>
    {
        var i = _heard.FindIndex(h => h.Prompt.Prompt == prompt.Prompt);
        if (i >= 0) _heard[i] = _heard[i] with { EndedAt = at };
    });

    /// <summary>Waits until the caller has heard something.</summary>
    internal async Task UntilAsync(Func<IReadOnlyList<HeardPrompt>, bool> enough, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (enough(_heard)) return;
                changed = _changed.Task;
            }

            await changed.Here().WaitAsync(cancellationToken);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change();
            before = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult();
    }
}
