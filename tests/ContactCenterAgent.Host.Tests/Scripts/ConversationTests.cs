using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Host.Tests.Scripts;

/// <summary>More conversations than <c>call</c> has time for, with the real planner and the real tools, on virtual time.</summary>
public sealed class ConversationTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Scripts", "Conversations");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Conversation_EndsAsItExpects(string name)
    {
        var script = CallScript.Load(Path.Combine(Folder, name + ".json"));

        var run = await fixture.Stage.PlayOnVirtualTimeAsync(script, Speculation.On, observer: null, CancellationToken.None);

        run.Failures.ShouldBeEmpty(string.Join(Environment.NewLine, run.Heard.Select(h => h.Prompt.Text.Value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Conversation_LeavesTheStateThatItsTwinLeaves(string name)
    {
        var script = CallScript.Load(Path.Combine(Folder, name + ".json"));

        var run = await fixture.Stage.PlayOnVirtualTimeAsync(script, Speculation.On, observer: null, CancellationToken.None);
        var twin = await fixture.Stage.PlayOnVirtualTimeAsync(script, Speculation.Sequential, observer: null, CancellationToken.None);

        run.Committed.ShouldBe(twin.Committed);
    }
}
