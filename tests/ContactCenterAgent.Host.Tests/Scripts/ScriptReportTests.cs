using System.Text;
using System.Text.Json;
using ContactCenterAgent.Host.Scripts;
using ContactCenterAgent.Host.Timelines;

namespace ContactCenterAgent.Host.Tests.Scripts;

public sealed class ScriptReportTests
{
    [Fact]
    public void Report_AsJson_HasTheNamesThatDashboardsRelyOn()
    {
        var row = new TimelineEntry(5470, null, Lane.Turn, RowKind.BargedIn, 1, "", null);
        var json = new ScriptReport([new("reschedule", true, 330.4, null, [row], ["reschedule_appointment"])]).ToJson();

        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(json));
        document.RootElement.GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("").ShouldBe(
            """
            {"scripts":[{"name":"reschedule","ok":true,"response_ms":330.4,"sequential_ms":null,
            "timeline":[{"at_ms":5470,"from_ms":null,"lane":"turn","kind":"barged_in","id":1,"text":"","note":null}],
            "committed":["reschedule_appointment"]}]}
            """.ReplaceLineEndings(""));
    }
}
