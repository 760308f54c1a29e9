using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Learning;

namespace ContactCenterAgent.Planning.Tests.Learning;

public sealed class SlotCalibrationTests
{
    /// <summary>Scores from 0 to 1; the higher, the oftener right, but for a dip between.</summary>
    private static List<(ParameterType, double, bool)> Seen(ParameterType type, int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i => (double)i / count).Select(score => (type, score, random.NextDouble() < (score is > 0.5 and < 0.6 ? 0.2 : score)))];
    }

    [Fact]
    public void Fit_OfShares_NeverFallsAndIsNearThem()
    {
        var calibration = SlotCalibration.Fit(Seen(ParameterType.Date, 4000));
        var said = Enumerable.Range(0, 101).Select(i => calibration.Of(ParameterType.Date, i / 100.0)).ToList();
        said.ShouldBe(said.Order());
        said[80].ShouldBeInRange(0.75, 0.85);
        said[20].ShouldBeInRange(0.15, 0.25);
        said[100].ShouldBeLessThan(1, "nothing is certain");
    }

    [Fact]
    public void Type_SeenRarely_HasTheStepsOfAll()
    {
        var calibration = SlotCalibration.Fit([.. Seen(ParameterType.Date, 2000), .. Seen(ParameterType.Time, 20)]);
        calibration.Of(ParameterType.Time, 0.9).ShouldBe(calibration.Of(ParameterType.Money, 0.9));
        calibration.Of(ParameterType.Date, 0.9).ShouldNotBe(calibration.Of(ParameterType.Money, 0.9));
    }

    [Fact]
    public void Saved_IsReadAgain()
    {
        using var text = new StringWriter();
        SlotCalibration.Fit(Seen(ParameterType.Date, 2000)).Save(text);
        using var again = new StringWriter();
        SlotCalibration.Load(new StringReader(text.ToString())).Save(again);
        again.ToString().ShouldBe(text.ToString());
        Should.Throw<InvalidDataException>(() => SlotCalibration.Load(new StringReader("date 0.5 0.5")));
    }

    [Fact]
    public void Counted_OfTheProduct_HasSeveralStepsAndNeverFalls()
    {
        foreach (var type in (ParameterType[])[ParameterType.Date, ParameterType.Time, ParameterType.Count, ParameterType.PersonName, ParameterType.Email])
        {
            var said = Enumerable.Range(0, 200).Select(i => SlotCalibration.Counted.Of(type, i / 100.0)).ToList();
            said.ShouldBe(said.Order());
            said.Distinct().Count().ShouldBeGreaterThan(2);
        }
    }
}
