using ContactCenterAgent.Host.Timelines;

namespace ContactCenterAgent.Host.Tests.Timelines;

public sealed class StaffTests
{
    [Fact]
    public void Staff_OfAReschedule_IsDrawnLikeMusic()
    {
        var drawn = StaffText.Plain(Staff.Draw(Reschedule(), At(13.2), 118));

        Assert.Equal(
            """
                                1s                 2s              3s               4s               5s            6s
            caller  It's Dana Whitfield could you move my appointment with doctor Lee to uh Tuesday no Thursday afternoon
            tools                |verify_customer Dana Whitfield ✓     |list_appointments ✓          |find_slots Tue 24 Nov ✗
                                                                                 find_slots Thu 26 Nov, 12:00-17:00 |──✓
                                                                                            hold reschedule_appointment |──

                    ▼ ◆ 0.31 s       8s                9s               10s               11s
            tools   |hold reschedule_appointment ✓
                     |held───────────────────────────────────────────────────────────────────
            agent   Thursday afternoon with Doctor Lee: half past two is free. Shall I?

                               ▼  ◆ 0.50 s
            caller  Yes please
            tools   |held confirmed
                               |confirm reschedule_appointment ✓
            agent                 Done.
            """,
            drawn.TrimEnd());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(72)]
    [InlineData(200)]
    public void Staff_OfAnyWidth_KeepsEveryWordAndOverlapsNothing(int width)
    {
        var staff = Staff.Draw(Reschedule(), At(13.2), width);

        var words = staff.Systems.SelectMany(s => s.Lanes).Where(l => l.Lane == Lane.Caller).SelectMany(l => l.Items).Select(i => i.Text);
        string.Join(' ', words).ShouldEndWith("to uh Tuesday no Thursday afternoon Yes please");
        foreach (var lane in staff.Systems.SelectMany(s => s.Lanes).Select(l => l.Items).Concat(staff.Systems.Select(s => s.Ruler)))
            for (var i = 1; i < lane.Count; i++) lane[i].Left.ShouldBeGreaterThanOrEqualTo(lane[i - 1].Right);
    }

    [Fact]
    public void Staff_OfARunningCall_DrawsItsBarAsFarAsNow()
    {
        TimelineRow[] rows = [new(At(1), Lane.Tools, RowKind.Started, 1, "find_slots")];

        Bar(1.5).Length.ShouldBe(4);
        Bar(2).Length.ShouldBe(8);
        Bar(2).Tone.ShouldBe(Tone.Running);

        StaffItem Bar(double now) => Staff.Draw(rows, At(now), 80).Systems.ShouldHaveSingleItem().Lanes.ShouldHaveSingleItem().Items.ShouldHaveSingleItem();
    }

    [Fact]
    public void Staff_OfASentenceCutOff_DrawsWhatWasHeard()
    {
        TimelineRow[] rows =
        [
            new(At(1), Lane.Agent, RowKind.Speaking, 1, "Thursday at half past two", null, "answer"),
            new(At(2), Lane.Agent, RowKind.Cut, 1, "Thursday at ", null, "answer"),
            new(At(2), Lane.Turn, RowKind.BargedIn, 1, ""),
        ];

        StaffText.Plain(Staff.Draw(rows, At(2), 80)).ShouldContain("agent           Thursday at —");
    }

    [Fact]
    public void Staff_OfNothing_HasNoSystems() => Staff.Draw([], TimeSpan.Zero, 80).Systems.ShouldBeEmpty();

    private static List<TimelineRow> Reschedule()
    {
        var rows = new List<TimelineRow>();
        var at = 0.2;
        foreach (var word in "It's Dana Whitfield could you move my appointment with doctor Lee to uh Tuesday no Thursday afternoon".Split(' '))
        {
            rows.Add(new(At(at + 0.15), Lane.Caller, RowKind.Heard, rows.Count, word, At(at)));
            at += 0.08 + word.Length * 0.055;
        }

        void Add(double when, Lane lane, RowKind kind, int id, string text, string? note = null, double? from = null) =>
            rows.Add(new(At(when), lane, kind, id, text, from is { } f ? At(f) : null, note));

        Add(1.2, Lane.Tools, RowKind.Started, 1, "verify_customer Dana Whitfield");
        Add(1.9, Lane.Tools, RowKind.Finished, 1, "verify_customer Dana Whitfield");
        Add(3.2, Lane.Tools, RowKind.Started, 2, "list_appointments");
        Add(3.9, Lane.Tools, RowKind.Finished, 2, "list_appointments");
        Add(5.1, Lane.Tools, RowKind.Started, 3, "find_slots Tue 24 Nov");
        Add(5.6, Lane.Tools, RowKind.Superseded, 3, "find_slots Tue 24 Nov");
        Add(6.1, Lane.Tools, RowKind.Started, 4, "find_slots Thu 26 Nov, 12:00-17:00");
        Add(6.7, Lane.Tools, RowKind.Finished, 4, "find_slots Thu 26 Nov, 12:00-17:00");
        Add(6.7, Lane.Tools, RowKind.Started, 5, "hold reschedule_appointment");
        Add(7.0, Lane.Turn, RowKind.Closed, 1, "");
        Add(7.05, Lane.Agent, RowKind.Speaking, 1, "Thursday afternoon with Doctor Lee: half past two is free. Shall I?", "readback");
        Add(7.05, Lane.Turn, RowKind.Answered, 1, "0.31 s", null, 6.74);
        Add(7.1, Lane.Tools, RowKind.Finished, 5, "hold reschedule_appointment");
        Add(7.1, Lane.Tools, RowKind.Held, 5, "reschedule_appointment");
        Add(11.0, Lane.Agent, RowKind.Said, 1, "Thursday afternoon with Doctor Lee: half past two is free. Shall I?", "readback");
        rows.Add(new(At(11.6), Lane.Caller, RowKind.Heard, 17, "Yes", At(11.4)));
        rows.Add(new(At(11.9), Lane.Caller, RowKind.Heard, 18, "please", At(11.7)));
        Add(12.2, Lane.Turn, RowKind.Closed, 2, "");
        Add(12.2, Lane.Tools, RowKind.Started, 6, "confirm reschedule_appointment");
        Add(12.5, Lane.Tools, RowKind.Finished, 6, "confirm reschedule_appointment");
        Add(12.5, Lane.Tools, RowKind.Confirmed, 5, "confirm reschedule_appointment");
        Add(12.55, Lane.Agent, RowKind.Speaking, 2, "Done.", "claim");
        Add(12.55, Lane.Turn, RowKind.Answered, 2, "0.50 s", null, 12.0);
        Add(13.0, Lane.Agent, RowKind.Said, 2, "Done.", "claim");
        return rows;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
