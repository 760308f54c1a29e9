using System.CommandLine;
using ContactCenterAgent.Host.Cli;
using ContactCenterAgent.Host.Settings;

namespace ContactCenterAgent.Host.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Theory]
    [InlineData("fly")]
    [InlineData("replay")]
    [InlineData("audit")]
    [InlineData("--loud")]
    [InlineData("bench speculation --data . --wall 3")]
    [InlineData("bench speculation --data . --out x --wall 0")]
    [InlineData("bench speculation --data . --out x --model tiers")]
    [InlineData("bench host --out x --calls 0")]
    public async Task Arguments_ThatAreWrong_AreNamedAndReturnTwo(string arguments)
    {
        (await RunAsync(arguments)).ShouldBe(ExitCode.Usage);
        _error.ToString().ShouldEndWith("Try --help." + Environment.NewLine);
    }

    [Fact]
    public async Task Replay_OfAMissingFile_SaysSoInOneLineAndReturnsThree()
    {
        (await RunAsync("replay no-such.journal")).ShouldBe(ExitCode.Storage);
        _error.ToString().ShouldMatch("^There is no journal '[^\n]*no-such.journal'\\.\r?\n$");
    }

    [Fact]
    public async Task Setting_ThatIsWrong_ReturnsTwoAndItsLine()
    {
        var root = new RootCommand();
        root.SetAction(int (_) => throw new SettingException("Console:Port has a value\nthat is not allowed."));

        (await CommandLine.RunAsync(root, [], _error)).ShouldBe(ExitCode.Usage);
        _error.ToString().ShouldBe("Console:Port has a value that is not allowed." + Environment.NewLine);
    }

    [Fact]
    public async Task Fault_OfOurOwn_IsNotHidden()
    {
        var root = new RootCommand();
        root.SetAction(int (_) => throw new InvalidOperationException("a bug"));

        await Should.ThrowAsync<InvalidOperationException>(() => CommandLine.RunAsync(root, [], _error));
    }

    [Fact]
    public void Verbs_ThatAreListed_AllExplainThemselves()
    {
        foreach (var verb in CommandLine.Root().Subcommands.SelectMany(c => c.Subcommands.Append(c)))
        {
            verb.Description.ShouldNotBeNullOrEmpty(verb.Name);
            verb.Options.ShouldAllBe(o => o.Description != null);
            verb.Arguments.ShouldAllBe(a => a.Description != null);
        }
    }

    private Task<int> RunAsync(string arguments) => CommandLine.RunAsync(CommandLine.Root(), arguments.Split(' '), _error);
}
