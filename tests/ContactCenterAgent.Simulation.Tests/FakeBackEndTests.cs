using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Simulation.Tests;

public sealed class FakeBackEndTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(5);
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly FakeBackEnd _backEnd;
    private readonly Tool _book;

    public FakeBackEndTests()
    {
        _backEnd = new(_time, new(1));
        _book = _backEnd.Reserve(new() { Name = "book", Effect = ToolEffect.Reserve }, _ => """{"start":"x"}""");
    }

    [Fact]
    public void Hold_ReleasedBeforeItIsPlaced_IsRefused() => _time.Run(async () =>
    {
        await CallAsync(_book.Release!);
        (await FaultAsync(_book.Invoke)).ShouldBeOfType<ToolRefusedException>().Reason.ShouldBe("hold_released");
    }, Minute);

    [Fact]
    public void Hold_PastItsTimeToLive_HasRunOutAndCannotBeConfirmed() => _time.Run(async () =>
    {
        await CallAsync(_book.Invoke);
        _backEnd.HoldOf("1/1").ShouldBe(FakeHold.Held);
        await Task.Delay(TimeSpan.FromSeconds(60), _time, CancellationToken.None);
        _backEnd.HoldOf("1/1").ShouldBe(FakeHold.Expired);
        (await FaultAsync(_book.Confirm!)).ShouldBeOfType<ToolRefusedException>().Reason.ShouldBe("hold_gone");
        (await CallAsync(_book.Release!)).ShouldBe("""{"expired":true}""");
    }, Minute);

    [Fact]
    public void Effect_WhoseAnswerIsLost_CanBeLookedUpByItsKey() => _time.Run(async () =>
    {
        (await CallAsync(_book.LookUp!)).ShouldBe("""{"state":"absent"}""");
        await CallAsync(_book.Invoke);
        _backEnd.Fail("book", FakeBackEnd.Confirm, Fault.AnswerLost);
        (await FaultAsync(_book.Confirm!)).ShouldBeOfType<IOException>();
        (await CallAsync(_book.LookUp!)).ShouldBe("""{"start":"x","state":"done"}""");
        _backEnd.HoldOf("1/1").ShouldBe(FakeHold.Confirmed);
    }, Minute);

    [Fact]
    public void Fault_IsThatManyCallsLong() => _time.Run(async () =>
    {
        _backEnd.Fail("book", FakeBackEnd.Release, Fault.Down, times: 2);
        (await FaultAsync(_book.Release!)).ShouldBeOfType<ToolUnavailableException>();
        (await FaultAsync(_book.Release!)).ShouldBeOfType<ToolUnavailableException>();
        (await CallAsync(_book.Release!)).ShouldBe("""{"expired":false}""");
        _backEnd.Calls.Count.ShouldBe(3);
    }, Minute);

    [Fact]
    public void SlowedTool_TakesTheLatencyOfItsArgumentsAndOfNothingInATransaction() => _time.Run(async () =>
    {
        var instant = new Tool(new() { Name = "hours", Effect = ToolEffect.Read }, AIFunctionFactory.Create(() => "{}", "hours"));
        var slowed = SlowedTool.Wrap(instant, new(9), _time);
        await slowed.Invoke.InvokeAsync(new(), CancellationToken.None);
        _time.Elapsed.ShouldBe(new BackEndLatency(9).OfCall("hours", []));

        var before = _time.Elapsed;
        await slowed.Invoke.InvokeAsync(new() { Context = new Dictionary<object, object?> { [ToolContext.Transaction] = new() } }, CancellationToken.None);
        _time.Elapsed.ShouldBe(before);
    }, Minute);

    [Fact]
    public void SlowedLedger_TakesTheLatencyBeforeTheEffect() => _time.Run(async () =>
    {
        var ledger = new SlowedLedger(new MemoryLedger(_time), new(9), ImmutableHashSet.Create("book"), _time);
        var digest = new Digest("00000000000000000000000000000001");
        var startedAt = TimeSpan.Zero;
        await ledger.ExecuteOnceAsync(new(default, "book", digest, 1), (_, _, _) =>
        {
            startedAt = _time.Elapsed;
            return Task.FromResult("{}");
        }, CancellationToken.None);
        startedAt.ShouldBe(new BackEndLatency(9).OfEnd("book", digest.Value));
        _time.Elapsed.ShouldBe(startedAt);
    }, Minute);

    private static async Task<string> CallAsync(AIFunction function) => (string)(await function.InvokeAsync(
        new()
        {
            Context = new Dictionary<object, object?> { [ToolContext.Hold] = "1/1", [ToolContext.Key] = "key", [ToolContext.TimeToLive] = TimeSpan.FromSeconds(30) },
        },
        CancellationToken.None))!;

    private static async Task<Exception?> FaultAsync(AIFunction function)
    {
        try
        {
            await CallAsync(function);
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return fault;
        }
    }
}
