using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.AudioLoop.Tests.Sounds;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.AudioLoop.Tests;

/// <summary>
/// The whole loop in sound: flite speaks as the caller, over SIP and RTP into the running host, whose own Vosk adapter asks a server that understands by pocketsphinx; the embedded planner plans, a
/// tool runs on the database, and what comes back as RTP is compared, sample by sample and by ear, with what should have been said.
/// </summary>
public sealed class AudioLoopTests
{
    /// <summary>364 sentences.</summary>
    private const string Caller = """
        public <turn> = it's <name> i would like <what> with doctor <doctor> on <day> <part> please | yes please | no thank you | goodbye | what are your opening hours;
        <name> = dana whitfield | john baker;
        <what> = an eye test | a contact lens check | a hearing test;
        <doctor> = lee | patel | moore | grant;
        <day> = monday | tuesday | wednesday | thursday | friday;
        <part> = morning | afternoon | evening;
        """;

    private const string Wish = "it's dana whitfield i would like an eye test with doctor lee on thursday afternoon please";

    /// <summary>Dana's appointments that were made in the call: those of the seeded diary are older.</summary>
    private const string Appointments = "SELECT COUNT(*) FROM booking_appointments WHERE HoldId IS NOT NULL AND State = 1";

    /// <summary>Correlation of what was heard with what should have been. A sentence that was said has 0.9 and more, another one 0.3 and less; a machine that is too busy costs a frame here and there.</summary>
    private const double Same = 0.8, Other = 0.5;

    /// <summary>How the agent names the first Thursday after today, by the business's clock.</summary>
    private static string Thursday =>
        TimeZoneInfo.ConvertTimeBySystemTimeZoneId(TimeProvider.System.GetUtcNow(), "Europe/London").DayOfWeek == DayOfWeek.Wednesday ? "tomorrow" : "Thursday";

    [LoopFact]
    public async Task Booking_SpokenByTelephone_IsOfferedBookedAndSaidInSound()
    {
        await using var loop = await Loop.StartAsync(Caller);
        var offer = await loop.SayAsync(Wish);
        var claim = await loop.SayAsync("yes please");
        await loop.EndAsync();

        loop.Understood.ShouldBe([Wish, "yes please"]);
        var said = loop.Agent.Said();
        var (offered, booked) = (said.Single(text => text.EndsWith("Shall I go ahead?", StringComparison.Ordinal)), said[^1]);
        offered.ShouldContain(Thursday);
        offered.ShouldContain("Doctor Lee");
        booked.ShouldStartWith("That's booked:");

        (await Loop.LikeAsync(offer, offered)).ShouldBeGreaterThan(Same);
        (await Loop.LikeAsync(claim, booked)).ShouldBeGreaterThan(Same);
        (await Loop.LikeAsync(claim, offered)).ShouldBeLessThan(Other, "the yes is not answered with the offer");
        (await Loop.LikeAsync(offer, offered.Replace(Thursday, "Monday", StringComparison.Ordinal))).ShouldBeLessThan(Other, "another day would be heard");

        loop.Agent.Query("SELECT tool, state FROM effects").ShouldBe(["book_appointment|1"]);
        loop.Agent.Query(Appointments).ShouldBe(["1"]);
    }

    [LoopFact]
    public async Task Booking_ThatTheCallerRefuses_IsNotMade()
    {
        await using var loop = await Loop.StartAsync(Caller);
        var offer = await loop.SayAsync(Wish);
        await loop.SayAsync("no thank you");
        await loop.EndAsync();

        loop.Understood.ShouldBe([Wish, "no thank you"]);
        (await Loop.LikeAsync(offer, loop.Agent.Said().Single(text => text.EndsWith("Shall I go ahead?", StringComparison.Ordinal)))).ShouldBeGreaterThan(Same);
        loop.Agent.Query("SELECT tool, state FROM effects").ShouldBeEmpty();
        loop.Agent.Query(Appointments).ShouldBe(["0"]);
        loop.Agent.Query("SELECT COUNT(*) FROM holds WHERE \"end\" IS NULL").ShouldBe(["0"]);
    }

    [LoopFact]
    public async Task Question_SpokenByTelephone_IsAnsweredFromTheTool()
    {
        await using var loop = await Loop.StartAsync(Caller);
        var answer = await loop.SayAsync("what are your opening hours");
        await loop.EndAsync();

        loop.Agent.Journal().Steps.SelectMany(step => step.Commands).Count(command => command.Name == nameof(StartTool)).ShouldBe(1);
        var said = loop.Agent.Said();
        said.Count.ShouldBe(2);
        (await Loop.LikeAsync(answer, said[1])).ShouldBeGreaterThan(Same);
        (await Loop.LikeAsync(answer, said[0])).ShouldBeLessThan(Other);
    }
}
