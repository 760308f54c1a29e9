using System.Text;
using System.Text.Json;
using ContactCenterAgent.Core;

namespace ContactCenterAgent.Storage.Tests;

public sealed class PersonalDataTests : IAsyncLifetime
{
    private readonly TestStore _test = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task PersonalValues_OfACall_StandInNoFileAndNoLogLine()
    {
        var store = _test.Open();
        var call = await RecordedCall.WriteAsync(store);
        await store.Ledger.ExecuteRemoteOnceAsync(TestStore.Key(call), _ => Task.FromResult("""{"name":"Whitfield"}"""), default);
        await store.Records.SaveAsync(
            new(call, "main", new(RecordedCall.Number), _test.Time.Now, null, _test.Time.Now, Core.Calls.Disposition.Completed, 1, 1, 1, null, null), default);

        foreach (var file in Directory.EnumerateFiles(_test.Options.Folder, "*", SearchOption.AllDirectories))
            foreach (var personal in RecordedCall.Personal)
                Bytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(personal)).ShouldBe(-1, $"'{personal}' in {Path.GetFileName(file)}");
        _test.Log.Lines.ShouldNotBeEmpty();
        foreach (var personal in RecordedCall.Personal) _test.Log.Lines.ShouldAllBe(line => !line.Contains(personal));
    }

    [Fact]
    public void Pii_OutsideTheJournal_IsWrittenRedacted() =>
        JsonSerializer.Serialize(new { Name = Pii.Of("Dana Whitfield"), Digit = (Pii<char>?)Pii.Of('7') }).ShouldBe("""{"Name":"[redacted]","Digit":"[redacted]"}""");

    [Fact]
    public void Pii_OutsideTheJournal_CannotBeReadBack() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Pii<string>>("\"[redacted]\""));

    /// <summary>Reads a file that the store has open and locked.</summary>
    internal static byte[] Bytes(string file)
    {
        var start = new System.Diagnostics.ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var cat = System.Diagnostics.Process.Start(start)!;
        using var bytes = new MemoryStream();
        cat.StandardOutput.BaseStream.CopyTo(bytes);
        cat.WaitForExit();
        return bytes.ToArray();
    }
}
