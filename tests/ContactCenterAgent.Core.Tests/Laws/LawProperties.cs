using ContactCenterAgent.Core.Calls;
using FsCheck;
using FsCheck.Fluent;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>All laws under random interleavings of events. A failure is shrunk; its numbers are the whole call.</summary>
public sealed class LawProperties
{
    private const int Interleavings = 100_000;

    private static readonly Arbitrary<int[]> Calls = Arb.From(
        Gen.Choose(0, 0xFFFF).ArrayOf(40),
        moves => Enumerable.Range(0, moves.Length).Select(without => moves.Where((_, index) => index != without).ToArray()));

    [Fact]
    public void AnyInterleaving_KeepsTheLaws() =>
        Prop.ForAll(Calls, moves => RandomCall.Play(moves).Count == 0).Check(Config.QuickThrowOnFailure.WithMaxTest(Interleavings).WithStartSize(100).WithEndSize(100));

    [Fact]
    public void ReleaseForgottenOnPurpose_IsFound() => ShouldBeFound("law 2", command => command is ReleaseHold ? [] : [command]);

    [Fact]
    public void EffectSentTwiceOnPurpose_IsFound() => ShouldBeFound("law 3", command => command is StartTool { Key: not null, Operation: not Core.Tools.ToolOperation.LookUp } ? [command, command] : [command]);

    [Fact]
    public void ClaimBeforeTheEffectOnPurpose_IsFound() =>
        ShouldBeFound("law 7", command => command is StartTool { Key: { } key, Operation: not Core.Tools.ToolOperation.LookUp } ? [new Say(new(999), Pii.Of("Done."), PromptKind.Claim, key), command] : [command]);

    private static void ShouldBeFound(string law, Func<Command, IEnumerable<Command>> sabotage)
    {
        var random = new Random(8412773);
        for (var call = 0; call < 2_000; call++)
        {
            var moves = Enumerable.Range(0, 40).Select(_ => random.Next(0x10000)).ToArray();
            if (RandomCall.Play(moves, sabotage).Any(broken => broken.StartsWith(law, StringComparison.Ordinal))) return;
        }

        Assert.Fail($"{law} was broken on purpose in 2,000 calls and nobody noticed");
    }
}
