namespace ContactCenterAgent.Runtime;

/// <summary>How urgent a call of a back end is: its place in the queue.</summary>
internal enum BackEndPriority
{
    /// <summary>Releases, confirms, look-ups: they have room of their own.</summary>
    Reserved,

    /// <summary>The caller has asked for it.</summary>
    Authorised,

    /// <summary>Nobody may need it.</summary>
    Speculative,
}

/// <summary>A limit on calls at once for every back end, over all callers. Authorised work overtakes guesses; a full queue drops guesses first.</summary>
internal sealed class BackEndBudgets(RuntimeOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BackEnd> _backEnds = new(StringComparer.Ordinal);

    /// <summary>Waits for a place. Dispose of the lease when the call has ended.</summary>
    /// <returns>Null where the queue is full and this call is the least urgent.</returns>
    internal async ValueTask<Lease?> EnterAsync(string backEnd, BackEndPriority priority, CancellationToken cancellationToken)
    {
        BackEnd at;
        Waiter waiter;
        lock (_gate)
        {
            if (!_backEnds.TryGetValue(backEnd, out at!)) _backEnds[backEnd] = at = new(options);
            if (at.TryEnter(priority)) return new(this, at);
            if (at.Waiting >= options.BackEndWaiting && priority != BackEndPriority.Reserved && !at.TryDropGuess(priority)) return null;
            waiter = at.Enqueue(priority);
        }

        using var cancelled = cancellationToken.Register(static w => ((Waiter)w!).TrySetCanceled(), waiter);
        return await waiter.Task ? new(this, at) : null;
    }

    /// <summary>A place at once, for a guess; null where there is none.</summary>
    internal Lease? TryEnter(string backEnd)
    {
        lock (_gate) return _backEnds.TryGetValue(backEnd, out var at) && at.TryEnter(BackEndPriority.Speculative) ? new(this, at) : null;
    }

    private void Leave(BackEnd backEnd)
    {
        lock (_gate) backEnd.Leave();
    }

    /// <summary>One place at a back end.</summary>
    internal sealed class Lease(BackEndBudgets budgets, BackEnd backEnd) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) budgets.Leave(backEnd);
        }
    }

    /// <summary>Gets true for a place, false when it was dropped.</summary>
    internal sealed class Waiter() : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed class BackEnd(RuntimeOptions options)
    {
        private readonly LinkedList<Waiter>[] _queues = [new(), new(), new()];
        private int _running;

        internal int Waiting => _queues.Sum(q => q.Count(w => !w.Task.IsCompleted));

        internal bool TryEnter(BackEndPriority priority)
        {
            if (_running >= LimitOf(priority)) return false;
            _running++;
            return true;
        }

        internal Waiter Enqueue(BackEndPriority priority)
        {
            var waiter = new Waiter();
            _queues[(int)priority].AddLast(waiter);
            return waiter;
        }

        internal bool TryDropGuess(BackEndPriority forWhom)
        {
            if (forWhom == BackEndPriority.Speculative) return false;
            var guesses = _queues[(int)BackEndPriority.Speculative];
            while (guesses.First is { } oldest)
            {
                guesses.RemoveFirst();
                if (oldest.Value.TrySetResult(false)) return true;
            }

            return false;
        }

        internal void Leave()
        {
            _running--;
            foreach (var priority in Enum.GetValues<BackEndPriority>())
            {
                var queue = _queues[(int)priority];
                while (_running < LimitOf(priority) && queue.First is { } next)
                {
                    queue.RemoveFirst();
                    if (next.Value.TrySetResult(true)) _running++;
                }
            }
        }

        private int LimitOf(BackEndPriority priority) =>
            options.BackEndRunning + (priority == BackEndPriority.Reserved ? options.BackEndReserved : 0);
    }
}
