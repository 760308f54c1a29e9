using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

public sealed class MarkdownTableTests
{
    [Fact]
    public void Table_Written_HasColumnsThatLineUp()
    {
        var table = new MarkdownTable(1, "policy", "p50 ms");
        table.Add("sequential", "2500");
        table.Add("ours", "500");
        table.ToString().ShouldBe(
            """
            | policy     | p50 ms |
            | ---------- | -----: |
            | sequential |   2500 |
            | ours       |    500 |

            """);
    }

    [Fact]
    public void Row_OfAnotherWidth_IsRefused() => Should.Throw<ArgumentException>(() => new MarkdownTable(1, "a", "b").Add("1"));
}
