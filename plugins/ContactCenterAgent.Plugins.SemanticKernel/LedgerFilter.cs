using ContactCenterAgent.Core.Tools;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>
/// Keeps a kernel's own loop of function calls inside the ledger: whatever the model calls, of whichever plugin, goes through the <see cref="KernelCall"/>. A function
/// that is none of the call's tools is not run.
/// </summary>
/// <param name="call">The call that the kernel serves: one kernel, or one clone of it, a call.</param>
public sealed class LedgerFilter(KernelCall call) : IAutoFunctionInvocationFilter
{
    /// <inheritdoc/>
    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        var name = context.Function.PluginName == ContactCenterPlugin.Name ? context.Function.Metadata.Name : KernelTools.NameOf(context.Function);
        if (ContactCenterPlugin.IsLineControl(context.Function))
        {
            await next(context);
        }
        else
        {
            var answer = await call.RunAsync(name, context.Arguments ?? [], context.CancellationToken);
            context.Result = new FunctionResult(context.Result, answer.ToJsonString());
        }

        // A model that loops is stopped; the host says that it was too much at once.
        if (call.IsOverBudget) context.Terminate = true;
    }
}
