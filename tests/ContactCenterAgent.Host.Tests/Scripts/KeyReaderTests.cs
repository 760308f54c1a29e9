using ContactCenterAgent.Host.Scripts;

namespace ContactCenterAgent.Host.Tests.Scripts;

public sealed class KeyReaderTests : IDisposable
{
    private readonly KeyReader _keys = new(TimeProvider.System);

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Word_FollowedByASpace_IsGivenWhole()
    {
        Press("mo");
        _keys.Line.ShouldBe("mo");
        Press("ve ");
        (await ReadAsync()).ShouldBe("move ");
    }

    [Fact]
    public async Task Backspace_MendsTheWordThatIsBeingTyped_AndNoOther()
    {
        Press("no Tue");
        Press('\b', ConsoleKey.Backspace, 4);
        Press("Thu");
        Press('\r', ConsoleKey.Enter, 1);

        (await ReadAsync()).ShouldBe("no Thu\n");
        _keys.Line.ShouldBe("");
    }

    [Fact]
    public async Task Command_WithASpace_IsGivenAsOneLine()
    {
        Press("/keys 12#");
        Press('\r', ConsoleKey.Enter, 1);
        (await ReadAsync()).ShouldBe("/keys 12#\n");
    }

    private void Press(string text)
    {
        foreach (var c in text) Press(c, default, 1);
    }

    private void Press(char c, ConsoleKey key, int times)
    {
        for (var i = 0; i < times; i++) _keys.Press(new(c, key, false, false, false));
    }

    private async Task<string> ReadAsync()
    {
        var buffer = new char[64];
        var read = await _keys.ReadAsync(buffer.AsMemory(), CancellationToken.None);
        return new(buffer, 0, read);
    }
}
