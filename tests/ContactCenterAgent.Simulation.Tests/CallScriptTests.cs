namespace ContactCenterAgent.Simulation.Tests;

public sealed class CallScriptTests
{
    private const string Small = """
        {
          // A script may have comments.
          "name": "small", "start": "2026-11-23T10:00:00",
          "turns": [ { "say": "hello [400] there" }, { "barge_in": { "containing": "Shall I", "after_ms": 300 }, "say": "yes" }, { "hang_up": true, "after_ms": 200 } ],
          "expect": { "committed": ["book_appointment"], "disposition": "Completed", "said": ["Booked"], "released": 0 },
        }
        """;

    [Fact]
    public void Script_AsInTheManual_IsRead()
    {
        var script = CallScript.Parse(Small, "small.json");
        script.Wpm.ShouldBe(165);
        script.Turns.Length.ShouldBe(3);
        script.Turns[1].BargeIn.ShouldBe(new BargeIn("Shall I", 300));
        script.Turns[2].HangUp.ShouldBeTrue();
        script.Expect.Committed!.Value.ShouldBe(["book_appointment"]);
        script.Expect.Released.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","turns":[]}""", "x.json: a script needs at least one turn")]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","turns":[{}]}""", "x.json: turn 1: it does nothing: say, words, keys or hang_up")]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","turns":[{"say":"hello [soon]"}]}""", "x.json: turn 1: [soon] is no pause: [400] is one of 400 ms")]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","turns":[{"say":"{a|}"}]}""", "x.json: turn 1: {a|} is no misheard word: {fifteen|fifty} is one, without spaces")]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","turns":[{"say":"a"},{"keys":"12x"}]}""", "x.json: turn 2: keys are 0-9, *, #, A-D")]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","wpm":10,"turns":[{"say":"a"}]}""", "x.json: wpm is 60 to 300, not 10")]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","turns":[{"words":[{"text":"a","start_ms":500,"end_ms":100}]}]}""", "x.json: turn 1: the times of \"a\" go backwards")]
    public void Script_ThatIsWrong_SaysWhereAndWhy(string json, string problem) =>
        Should.Throw<ScriptException>(() => CallScript.Parse(json, "x.json")).Message.ShouldBe(problem);

    [Theory]
    [InlineData("""{"name":"x","start":"2026-11-23T10:00:00","turns":[{"sey":"a"}]}""", "sey")]
    [InlineData("""{"name":"x","turns":[{"say":"a"}]}""", "start")]
    [InlineData("not json", "x.json")]
    public void Script_OfAnotherForm_NamesWhatIsWrong(string json, string named) =>
        Should.Throw<ScriptException>(() => CallScript.Parse(json, "x.json")).Message.ShouldContain(named);

    [Fact]
    public void Script_ThatIsNotThere_SaysSo() => Should.Throw<ScriptException>(() => CallScript.Load("no-such-script.json")).Message.ShouldContain("there is no such script");
}
