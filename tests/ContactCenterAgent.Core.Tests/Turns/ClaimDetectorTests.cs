using ContactCenterAgent.Core.Turns;
using Xunit.Abstractions;

namespace ContactCenterAgent.Core.Tests.Turns;

public sealed class ClaimDetectorTests(ITestOutputHelper output)
{
    // Published in docs/claims.md, rounded down.
    private const double EffectRecall = 0.99;
    private const double AbsenceRecall = 1.0;
    private const double Precision = 0.96;

    [Fact]
    public void LabelledSet_IsLargeAndHasNoSentenceTwice()
    {
        LabelledClaims.All.Count.ShouldBeGreaterThanOrEqualTo(400);
        LabelledClaims.All.Select(s => s.Sentence).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(LabelledClaims.All.Count);
        LabelledClaims.HeldOut.Count().ShouldBeInRange(LabelledClaims.All.Count * 2 / 5, LabelledClaims.All.Count * 3 / 5);
    }

    [Fact]
    public void HeldOutHalf_IsReadAsWellAsPublished()
    {
        var score = Score.Of(LabelledClaims.HeldOut);
        output.WriteLine($"held-out half: {score}");
        score.Recall(Claim.Effect).ShouldBeGreaterThanOrEqualTo(EffectRecall);
        score.Recall(Claim.Absence).ShouldBeGreaterThanOrEqualTo(AbsenceRecall);
        score.Precision.ShouldBeGreaterThanOrEqualTo(Precision);
    }

    [Fact]
    public void DevelopmentHalf_IsReadWithoutMiss()
    {
        output.WriteLine($"development half: {Score.Of(LabelledClaims.Development)}");
        LabelledClaims.Development.Where(s => ClaimDetector.Read(s.Sentence) != s.Label)
            .Select(s => $"{s.Label} read as {ClaimDetector.Read(s.Sentence)}: {s.Sentence}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Half past two is being held for you.", Claim.Effect)]
    [InlineData("The slot is held for two minutes.", Claim.None)]
    [InlineData("This call is being recorded.", Claim.None)]
    [InlineData("I'm handing you over to a colleague.", Claim.Effect)]
    [InlineData("You have an appointment booked on Thursday.", Claim.None)]
    [InlineData("You have been booked in on Thursday.", Claim.Effect)]
    [InlineData("I'll book it.", Claim.Effect)]
    [InlineData("I'll book it once you say yes.", Claim.None)]
    [InlineData("Nothing was free on Tuesday, so I've booked Thursday.", Claim.Effect)]
    [InlineData("Nobody else is free then.", Claim.Absence)]
    public void Read_AtTheBorder_IsAsDocumented(string sentence, Claim claim) => ClaimDetector.Read(sentence).ShouldBe(claim);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("...")]
    [InlineData("'s n't 've")]
    [InlineData("? ! , .")]
    public void Read_WithoutWords_ClaimsNothing(string sentence) => ClaimDetector.Read(sentence).ShouldBe(Claim.None);

    [Fact]
    public void Read_AnyTextOfPieces_Returns()
    {
        var random = new Random(1);
        string[] pieces = ["I've", "booked", "not", "'", "n't", "?", "if", "nothing", "-", "\u2019s", "have", "been", "only", "\0", "{", "let", "going", "to"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            ClaimDetector.Read(text).ShouldBeOneOf(Enum.GetValues<Claim>());
        }
    }

    private sealed record Score(int[,] Counts)
    {
        public static Score Of(IEnumerable<(Claim Label, string Sentence)> sentences)
        {
            var counts = new int[3, 3];
            foreach (var (label, sentence) in sentences) counts[(int)label, (int)ClaimDetector.Read(sentence)]++;
            return new Score(counts);
        }

        /// <summary>A claim of either kind counts as caught: the sentence is withheld all the same.</summary>
        public double Recall(Claim claim) => (double)Caught(claim) / Labelled(claim);

        public double Precision => (double)(Caught(Claim.Effect) + Caught(Claim.Absence))
            / (Caught(Claim.Effect) + Caught(Claim.Absence) + Counts[0, 1] + Counts[0, 2]);

        private int Caught(Claim claim) => Counts[(int)claim, 1] + Counts[(int)claim, 2];

        private int Labelled(Claim claim) => Counts[(int)claim, 0] + Caught(claim);

        public override string ToString() =>
            $"recall of effect claims {Caught(Claim.Effect)}/{Labelled(Claim.Effect)} = {Recall(Claim.Effect):0.0000}, of absence claims "
            + $"{Caught(Claim.Absence)}/{Labelled(Claim.Absence)} = {Recall(Claim.Absence):0.0000}, "
            + $"precision {Precision:0.0000} ({Counts[0, 1] + Counts[0, 2]} of {Labelled(Claim.None)} others withheld)";
    }
}
