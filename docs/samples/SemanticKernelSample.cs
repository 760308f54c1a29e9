using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using ContactCenterAgent.Plugins.SemanticKernel;
using ContactCenterAgent.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;

namespace Samples;

/// <summary>A Semantic Kernel application that answers callers: one line of input is one turn of the caller. The folder holds the migrated database.</summary>
internal static class SemanticKernelSample
{
    public static async Task RunAsync(IChatClient model, string folder, TextReader caller, TextWriter agent, CancellationToken cancellationToken)
    {
        var database = $"Data Source={Path.Combine(folder, "contactcenter.db")}";
        await using var store = ContactCenterStore.Open(new() { Folder = folder }, TimeProvider.System, NullLogger<ContactCenterStore>.Instance);
        var diary = BookingPlugin.Create(database, TimeProvider.System, NorthgateDiary.Catalogue);
        await using var call = new KernelCall(new(Guid.CreateVersion7()), [.. CrmPlugin.Create(database, TimeProvider.System), .. diary], store.Ledger, TimeProvider.System);

        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(model.AsBuilder().UseKernelFunctionInvocation().Build());
        var kernel = builder.Build().UseLedger(call);
        kernel.Plugins.AddContactCenter(new() { Call = call });

        var heard = "You answer the telephone of an optician's. Read every change back and ask for a yes.";
        var settings = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });
        while (await caller.ReadLineAsync(cancellationToken) is { } words)
        {
            var settled = await call.CloseTurnAsync(words, cancellationToken);
            heard += $"\nCaller: {words}\n" + (settled is null ? "" : $"Carried out: {settled.Outcome?.Value.ToJsonString()}\n");
            var answer = await kernel.InvokePromptAsync<string>(heard, settings, cancellationToken: cancellationToken);
            if (call.Staged.LastOrDefault(s => s.IsOpen) is { } staged) call.ReadBackHeard(staged.Number);
            heard += $"Agent: {answer}";
            await agent.WriteLineAsync(answer.AsMemory(), cancellationToken);
        }
    }
}
