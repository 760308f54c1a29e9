using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests.Journal;

public sealed class JournalReaderTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private ContactCenterStore _store = null!;

    public Task InitializeAsync()
    {
        _store = _test.Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    private CallHistory Read(string file) => JournalReader.Read(file, CallKeys.In(_test.Options));

    private async Task<string> WriteAsync() => (await _store.Journals.FindAsync(await RecordedCall.WriteAsync(_store)))!;

    /// <summary>Short enough to flip each of its bits.</summary>
    private async Task<string> WriteShortAsync(int events, bool close)
    {
        var call = TestStore.NewCall();
        var journal = _store.Journals.Begin(call, new() { Tools = [] }, _test.Time.Now);
        for (var i = 1; i <= events; i++) journal.Append(new DeadlineReached(TimeSpan.FromSeconds(i)));
        await journal.FlushAsync(default);
        if (close) await journal.DisposeAsync();
        return (await _store.Journals.FindAsync(call))!;
    }

    [Fact]
    public async Task Journal_Written_ComesBackEventByEvent()
    {
        var call = TestStore.NewCall();
        RecordedCall run;
        await using (var journal = _store.Journals.Begin(call, TestStore.Settings, _test.Time.Now)) run = RecordedCall.Run(call, journal);

        var read = Read((await _store.Journals.FindAsync(call))!);

        read.Closed.ShouldBeTrue();
        read.TornBytes.ShouldBe(0);
        read.Header.Call.ShouldBe(call);
        read.Header.StartedAt.ShouldBe(_test.Time.Now);
        read.Header.Rules.ShouldBe(JournalHeader.RulesNow);
        read.Header.Configuration.Length.ShouldBe(64);
        read.Steps.Select(s => s.Happened.GetType()).ShouldBe(run.Steps.Select(s => s.Happened.GetType()));
        read.Steps.Select(s => s.Happened.At).ShouldBe(run.Steps.Select(s => s.Happened.At));
        read.Steps.SelectMany(s => s.Commands.Select(c => c.Text)).ShouldBe(run.Steps.SelectMany(s => s.Commands.Select(CommandText.Of)));
        read.Steps.Select(s => s.Commands.Length).Sum().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Journal_StillOpen_IsReadWithoutItsLastStepsCommands()
    {
        var read = Read(await WriteShortAsync(3, close: false));

        read.Closed.ShouldBeFalse();
        read.Steps.Select(s => s.CommandsKnown).ShouldBe([true, true, false]);
    }

    [Fact]
    public async Task Journal_CutAnywhere_IsReadUpToItsLastWholeRecord()
    {
        var file = await WriteShortAsync(4, close: true);
        var bytes = await File.ReadAllBytesAsync(file);
        var whole = Boundaries(bytes);

        for (var length = whole[1]; length < bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(file, bytes[..length]);
            var read = Read(file);
            var last = whole.FindLastIndex(w => w <= length);
            read.Steps.Length.ShouldBe(Math.Max(0, last - 1), $"cut to {length} bytes");
            read.TornBytes.ShouldBe(length - whole[last]);
            read.Closed.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Journal_EndingInZeros_IsTorn()
    {
        var file = await WriteShortAsync(2, close: false);
        await File.WriteAllBytesAsync(file, [.. await File.ReadAllBytesAsync(file), .. new byte[4096]]);

        var read = Read(file);
        read.Steps.Length.ShouldBe(2);
        read.TornBytes.ShouldBe(4096);
    }

    [Fact]
    public async Task Journal_WithAnyBitFlipped_IsBrokenOrTornAndNeverReadOtherwise()
    {
        var file = await WriteShortAsync(3, close: true);
        var bytes = await File.ReadAllBytesAsync(file);
        var whole = Boundaries(bytes);
        var random = new Random(20261123);

        for (var at = 0; at < bytes.Length; at++)
        {
            var flipped = bytes.ToArray();
            flipped[at] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, flipped);
            var record = whole.FindLastIndex(w => w <= at) + 1;
            try
            {
                var read = Read(file);
                (read.TornBytes > 0 && read.Steps.Length == 3 && record == 5).ShouldBeTrue($"byte {at} was flipped unseen");
            }
            catch (JournalException broken)
            {
                broken.Record.ShouldBe(at < 8 ? 0 : record, $"byte {at}: {broken.Message}");
                broken.Message.ShouldContain(file);
                broken.Message.ShouldNotContain("\n");
            }
        }
    }

    [Fact]
    public async Task Journal_WithARecordRemoved_DoesNotFollow()
    {
        var file = await WriteShortAsync(3, close: true);
        var bytes = await File.ReadAllBytesAsync(file);
        var whole = Boundaries(bytes);
        await File.WriteAllBytesAsync(file, [.. bytes[..whole[2]], .. bytes[whole[3]..]]);

        var broken = Should.Throw<JournalException>(() => Read(file));
        broken.Message.ShouldContain("record 3 does not follow");
    }

    [Fact]
    public async Task Journal_WithAnothersRecords_CannotBeRead()
    {
        var (one, two) = (await WriteShortAsync(3, close: true), await WriteShortAsync(3, close: true));
        var (mine, theirs) = (await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(two));
        await File.WriteAllBytesAsync(one, [.. mine[..Boundaries(mine)[1]], .. theirs[Boundaries(theirs)[1]..]]);

        Should.Throw<JournalException>(() => Read(one)).Record.ShouldBe(2);
    }

    [Fact]
    public async Task Journal_WithRecordsBehindItsEnd_IsBroken()
    {
        var file = await WriteShortAsync(1, close: true);
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, [.. bytes, .. bytes[Boundaries(bytes)[1]..]]);

        Should.Throw<JournalException>(() => Read(file)).Message.ShouldContain("record 4 stands behind the end");
    }

    [Theory]
    [InlineData("", "is not a journal")]
    [InlineData("CCAJ", "is not a journal")]
    [InlineData("something else", "is not a journal")]
    [InlineData("CCAJRNL\u0002", "has format 2")]
    [InlineData("CCAJRNL\u0001", "has no header")]
    public async Task File_OfAnotherKind_IsNamed(string content, string says)
    {
        var file = Path.Combine(_test.Options.Folder, "x.journal");
        await File.WriteAllTextAsync(file, content);

        Should.Throw<JournalException>(() => Read(file)).Message.ShouldContain(says);
    }

    [Fact]
    public void File_ThatIsNotThere_IsNamed() => Should.Throw<JournalException>(() => Read("nowhere.journal")).Message.ShouldContain("nowhere.journal");

    [Fact]
    public async Task Call_WithAJournal_CannotBeginAnother()
    {
        var call = await RecordedCall.WriteAsync(_store);
        var bytes = await File.ReadAllBytesAsync((await _store.Journals.FindAsync(call))!);

        Should.Throw<InvalidOperationException>(() => _store.Journals.Begin(call, TestStore.Settings, _test.Time.Now));

        (await File.ReadAllBytesAsync((await _store.Journals.FindAsync(call))!)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Journal_OfACallWithManyPartials_StaysSmall()
    {
        var file = await WriteAsync();
        var read = Read(file);
        (new FileInfo(file).Length / read.Steps.Length).ShouldBeLessThan(1024);
    }

    /// <summary>Where the magic and each record end.</summary>
    internal static List<int> Boundaries(byte[] bytes)
    {
        var ends = new List<int> { JournalFormat.Magic.Length };
        while (ends[^1] < bytes.Length) ends.Add(ends[^1] + JournalFormat.FrameBytes + BitConverter.ToInt32(bytes, ends[^1]));
        return ends;
    }
}
