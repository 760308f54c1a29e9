using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>One call: its parts, its beginning and its end.</summary>
internal sealed partial class CallRun : IAsyncDisposable
{
    /// <summary>What a closed call may still take to be wound up, beyond the core's own limit for what is owed after hang-up.</summary>
    private static readonly TimeSpan WindUpMax = TimeSpan.FromSeconds(10);

    private readonly CallServices _services;
    private readonly ICallTransport _transport;
    private readonly ReleaseOutbox _outbox;
    private readonly ILogger _log;
    private readonly CallId _id;
    private readonly DateTimeOffset _startedAt;
    private readonly CallInbox _inbox;
    private readonly CallJournal _journal;
    private readonly TaskScope _work;
    private readonly TaskScope _leg;
    private readonly CallLine _line;
    private readonly CallTools _tools;
    private readonly CommandRunner _runner;
    private readonly CallLoop _loop;

    internal CallRun(CallServices services, Step step, ToolRunner tools, ReleaseOutbox outbox, ICallTransport transport, ILogger log)
    {
        (_services, _transport, _outbox, _log) = (services, transport, outbox, log);
        var time = services.Time;
        _startedAt = time.GetUtcNow();
        _id = transport.Call ?? services.NewCallId?.Invoke() ?? new(Guid.CreateVersion7(_startedAt));
        _inbox = new(time, services.Options);
        _journal = new(() => services.Journals.Begin(_id, services.Settings, _startedAt), () => _inbox.Post(new StorageChanged(default, Writable: false)));
        _work = new(fault => LogWorkFailed(fault.GetType().Name, _id), CancellationToken.None);
        _leg = new(fault => LogWorkFailed(fault.GetType().Name, _id), CancellationToken.None);
        _line = new(transport, _inbox, _id, log);
        _tools = new(tools, outbox, _inbox, _journal, _work, time);
        var planners = new CallPlanners(services.Draft, services.Authority, _inbox, _work, time, services.Options, _id, log);
        _runner = new(_line, planners, _tools);
        _loop = new(CallAgent.Begin(_id, services.Settings), _inbox, _journal, _runner.Run, services.Observers, time, log, step);
    }

    internal async Task<CallRecord> RunAsync(CancellationToken stopping)
    {
        using var activity = CallMetrics.Source.StartActivity("call");
        activity?.SetTag("call", _id.ToString());
        CallMetrics.CallsActive.Add(1);
        using var hardStop = new CancellationTokenSource();
        using var stop = stopping.Register(() => Stop(hardStop));

        _inbox.Post(new CallArrived(default, _transport.Line, _transport.CallerNumber, LocalTime(_startedAt)));
        _journal.Begin();
        _leg.Start(_line.CommandAsync);
        _leg.Start(_line.ListenAsync);
        var disposition = await LoopAsync(hardStop.Token);
        await WindUpAsync(failed: disposition is null);

        var record = CallRecords.Of(_loop, _transport, _startedAt, _services.Time.GetUtcNow(), disposition ?? Disposition.Failed);
        CallMetrics.CallsActive.Add(-1);
        CallMetrics.CallsEnded.Add(1, new KeyValuePair<string, object?>("disposition", record.Disposition));
        foreach (var latency in _loop.State.ResponseLatencies) CallMetrics.ResponseSeconds.Record(latency.TotalSeconds);
        var planning = _loop.State.Planning;
        _services.Trust.Took(planning.DraftsAgreed, planning.DraftsDiffered);
        if (planning.DraftsAgreed > 0) CallMetrics.DraftsVerified.Add(planning.DraftsAgreed, new KeyValuePair<string, object?>("outcome", "agreed"));
        if (planning.DraftsDiffered > 0) CallMetrics.DraftsVerified.Add(planning.DraftsDiffered, new KeyValuePair<string, object?>("outcome", "differed"));
        await SaveAsync(record);
        return record;
    }

    public async ValueTask DisposeAsync()
    {
        _inbox.Close();
        await _leg.DisposeAsync();
        await _work.DisposeAsync();
        await _loop.DisposeAsync();
        await _journal.DisposeAsync();
        await _transport.DisposeAsync();
    }

    private async Task<Disposition?> LoopAsync(CancellationToken hardStop)
    {
        try
        {
            return await _loop.RunAsync(hardStop);
        }
        catch (OperationCanceledException) when (hardStop.IsCancellationRequested)
        {
            LogStopped(_id, _loop.State.Phase, _tools.Running);
            return null;
        }
    }

    /// <summary>The line counts as lost; the core lets what was authorised finish, and if that takes longer than it may, the call is over all the same.</summary>
    private void Stop(CancellationTokenSource hardStop)
    {
        _inbox.Post(new LineClosed(default, Lost: true));
        var limit = _services.Settings.DrainMax + WindUpMax;
        _leg.Start(async ct =>
        {
            await Task.Delay(limit, _services.Time, ct);
            hardStop.Cancel();
        });
    }

    private async Task WindUpAsync(bool failed)
    {
        if (failed) await new CallApology(_inbox, _journal, _runner, _tools, _services).RunAsync(_loop.State);
        _inbox.Close();
        await _line.CompleteAsync(WindUpMax, _services.Time);
        await _work.DisposeAsync();
        await ReleaseOpenHoldsAsync();
        await _leg.DisposeAsync();
    }

    /// <summary>Law 2's backstop: a hold that a broken or closed call has left without an end goes to the outbox.</summary>
    private async Task ReleaseOpenHoldsAsync()
    {
        foreach (var hold in await _services.Ledger.HoldsAsync(_id, CancellationToken.None))
        {
            if (hold.End is null && !hold.ReleaseQueued) _outbox.Release(hold.Hold, hold.Tool, hold.ExpiresAt, ended: null);
        }
    }

    private async Task SaveAsync(CallRecord record)
    {
        try
        {
            await _services.Records.SaveAsync(record, CancellationToken.None);
        }
        catch (StoreReadOnlyException)
        {
            LogNoRecord(_id, record.Disposition, record.Turns);
        }
    }

    private DateTime LocalTime(DateTimeOffset at) =>
        _services.LocalTime?.Invoke(at) ?? TimeZoneInfo.ConvertTime(at, _services.Time.LocalTimeZone).DateTime;

    [LoggerMessage(70, LogLevel.Error, "call.work_failed: {Fault}, call {Call}")]
    private partial void LogWorkFailed(string fault, CallId call);

    [LoggerMessage(71, LogLevel.Warning, "call.stopped: call {Call} did not close in time, phase {Phase}, {Running} tool calls running")]
    private partial void LogStopped(CallId call, CallPhase phase, int running);

    [LoggerMessage(72, LogLevel.Error, "call.no_record: the store takes no writes, call {Call}, {Disposition}, {Turns} turns")]
    private partial void LogNoRecord(CallId call, Disposition disposition, int turns);
}
