using ContactCenterAgent.Simulation.Phones;

namespace ContactCenterAgent.Simulation.Tests.Phones;

public sealed class FrameClockTests
{
    private readonly FrameClock _clock = new();

    private void Take(int frame, double atMs, uint first = 0) => _clock.Take((ushort)frame, first + (uint)(frame * 160), (long)(atMs * 1_000_000));

    [Fact]
    public void Frames_EachInItsMoment_AreAllThereAndInTime()
    {
        _clock.Count(10);
        for (var i = 0; i < 20; i++) Take(i, 5 + (i * 20));

        _clock.Settle().ShouldBe(new(10, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Frame_MoreThan20MillisecondsBehindTheEarliest_IsLate()
    {
        _clock.Count(4);
        // The first comes 15 ms behind its moment, as the second one shows: the third is 21 ms late and not 6.
        foreach (var (frame, at) in new[] { (0, 15.0), (1, 20.0), (2, 61.0), (3, 80.0) }) Take(frame, at);

        _clock.Settle().ShouldBe(new(4, 4, 1, 0, TimeSpan.FromMilliseconds(21)));
    }

    [Fact]
    public void Frame_OfTheStretchThatNeverComes_IsLost_AlsoAtItsEnd()
    {
        _clock.Count(10);
        foreach (var frame in new[] { 0, 1, 3, 4, 5 }) Take(frame, frame * 20);

        _clock.Settle().Lost.ShouldBe(5);
        _clock.Missing.ShouldBe(1);
    }

    [Fact]
    public void Stretch_OfACallThatHasEnded_OwesNoMore()
    {
        _clock.Count(10);
        for (var i = 0; i < 5; i++) Take(i, i * 20);
        _clock.End();

        _clock.Settle().ShouldBe(new(5, 5, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Stretch_InWhichNothingEverCame_IsLost()
    {
        _clock.Count(10);

        _clock.Settle().ShouldBe(new(10, 0, 0, 10, TimeSpan.Zero));
    }

    [Fact]
    public void Frames_OverTheWrapOfTheTimestamp_AreOneStream()
    {
        _clock.Count(100);
        for (var i = 0; i < 100; i++) Take(i, i * 20, first: uint.MaxValue - 1_000);

        _clock.Settle().ShouldBe(new(100, 100, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Frame_ThatComesTwice_CountsOnce()
    {
        _clock.Count(2);
        Take(0, 0);
        Take(1, 20);
        Take(1, 20);

        _clock.Settle().Received.ShouldBe(2);
    }
}
