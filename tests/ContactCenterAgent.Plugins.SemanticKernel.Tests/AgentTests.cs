using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Runtime.Tests;
using ContactCenterAgent.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

/// <summary>A kernel's plugin in the agent's own hands: the real host, ledger and journal.</summary>
public sealed class AgentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kernel").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Agent_WithAKernelsTools_ReadsWhileTheCallerSpeaksAndWritesNothingOnAGuess()
    {
        var desk = new Desk();
        var kernel = new Kernel();
        kernel.Plugins.AddFromObject(desk, "desk");
        await using var store = ContactCenterStore.Open(new() { Folder = _folder }, TimeProvider.System, NullLogger<ContactCenterStore>.Instance);
        await using var host = new CallHost(new()
        {
            Tools = ImmutableArray<Tool>.Empty.UseKernel(kernel),
            Settings = new() { Tools = [] },
            Draft = new Wishes(),
            Ledger = store.Ledger,
            Journals = store.Journals,
            Records = store.Records,
        });
        await host.StartAsync(default);
        var leg = new ScriptedLeg();
        var call = host.RunAsync(leg, default);

        leg.Happens(new PartialHeard(default, Said("where is my order and")));
        (await desk.Read.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe("NG7");
        leg.Happens(new LineClosed(default, Lost: false));
        var record = await call.WaitAsync(TimeSpan.FromSeconds(30));

        desk.Ran.ShouldBe(["status"]);
        (record.ToolCalls, record.Effects).ShouldBe((1, 0));
        (await store.Ledger.EntriesAsync(record.Call, default)).ShouldBeEmpty();
    }

    private static Transcript Said(string words) => new([.. words.Split(' ').Select(word => new Word(word, default, default, Stable: true))], []);

    private sealed class Desk
    {
        public TaskCompletionSource<string> Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Ran { get; } = [];

        [KernelFunction, Effect(ToolEffect.Read)]
        public object Status(string orderId)
        {
            Ran.Add("status");
            Read.TrySetResult(orderId);
            return new { state = "shipped" };
        }

        [KernelFunction]
        public string Refund(string orderId)
        {
            Ran.Add("refund");
            return orderId;
        }
    }

    /// <summary>Wants a look at the order and its money back, whatever is said.</summary>
    private sealed class Wishes : IPlanner
    {
        public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new PlanProposed(default, request.Generation, new() { Read = request.Hash, Calls = [Call("desk_status"), Call("desk_refund")] });
            yield return new PlannerEnded(default, request.Generation);
        }

        private static PlannedCall Call(string tool) => new()
        {
            Label = tool,
            Task = tool,
            Tool = tool,
            Arguments = ImmutableSortedDictionary<string, ArgumentValue>.Empty.Add("orderId", new ArgumentValue.Known("NG7")),
            Requested = true,
            Answers = true,
        };
    }
}
