using Microsoft.Extensions.AI;
using Samples;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

/// <summary>The application of <c>docs/samples/SemanticKernelSample.cs</c>.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Sample_WithACallerWhoCancels_CancelsOnceAndOnlyAfterTheYes()
    {
        await using var database = await NorthgateDatabase.SeededAsync();
        var customer = await database.DanaIdAsync();
        var before = (await database.RunAsync("list_appointments", ("customer_id", customer))).Rows;
        string Appointment(IReadOnlyList<ChatMessage> asked) => before[0]["appointment_id"]!;
        var model = new ScriptedChat(
            ScriptedChat.Calls(("ContactCenter_verify_customer", new { name = NorthgateDatabase.Dana, date_of_birth = NorthgateDatabase.DanasBirthday })),
            asked => ScriptedChat.Calls(("ContactCenter_cancel_appointment", new { customer_id = customer, appointment_id = Appointment(asked) }))(asked),
            ScriptedChat.Says("Cancelling your eye test. Shall I?"),
            ScriptedChat.Says("It is cancelled."));
        using var agent = new StringWriter();
        using var caller = new StringReader("cancel my appointment, it's Dana Whitfield, born 12 March 1984\nyes please\n");

        await SemanticKernelSample.RunAsync(model, database.Folder, caller, agent, CancellationToken.None);

        agent.ToString().ReplaceLineEndings("\n").ShouldBe("Cancelling your eye test. Shall I?\nIt is cancelled.\n");
        (await database.RunAsync("list_appointments", ("customer_id", customer))).Rows.Length.ShouldBe(before.Length - 1);
    }

    [Fact]
    public void Sample_IsShort() => File.ReadLines(Path.Combine(Root(), "docs", "samples", "SemanticKernelSample.cs")).Count().ShouldBeLessThan(40);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ContactCenterAgent.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
