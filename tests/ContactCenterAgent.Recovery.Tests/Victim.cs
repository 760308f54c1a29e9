using System.Diagnostics;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Runtime;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Recovery.Tests;

/// <summary>This assembly as a process of its own: takes a real call and kills itself with SIGKILL at a given moment of a given operation.</summary>
internal static class Victim
{
    /// <summary>When, seen from the operation.</summary>
    public enum Moment
    {
        /// <summary>The ledger has the intent, the tool has not been called.</summary>
        Before,

        /// <summary>The tool has done its work; nothing has been committed with its outcome yet.</summary>
        Inside,

        /// <summary>All is on disk, and the call has just been told.</summary>
        After,
    }

    private static async Task<int> Main(string[] args)
    {
        var (folder, tool, operation, moment) = (args[0], args[1], Enum.Parse<ToolOperation>(args[2]), Enum.Parse<Moment>(args[3]));
        await using var store = Business.Open(folder);
        await using var host = new CallHost(Business.Services(store, folder, Wrap, new Watcher(tool, operation, moment)));
        await host.StartAsync(CancellationToken.None);
        var caller = tool == "change_phone"
            ? new HurriedCaller("it's Dana Whitfield my date of birth is the twelfth of March nineteen eighty four please change my phone number to 07700 900123")
            : new HurriedCaller("it's Dana Whitfield I'd like to book an eye test with Doctor Lee on Thursday afternoon", "yes please");
        await host.RunAsync(caller, CancellationToken.None);
        return 0; // the moment never came

        Tool Wrap(Tool real) => real.Descriptor.Name != tool || moment == Moment.After ? real
            : operation == ToolOperation.Confirm ? real with { Confirm = new Deadly(real.Confirm!, moment) }
            : real with { Invoke = new Deadly(real.Invoke, moment) };
    }

    private static void Die() => Process.GetCurrentProcess().Kill();

    private sealed class Deadly(AIFunction inner, Moment moment) : DelegatingAIFunction(inner)
    {
        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            if (moment == Moment.Before) Die();
            await base.InvokeCoreAsync(arguments, cancellationToken);
            Die();
            return null;
        }
    }

    private sealed class Watcher(string tool, ToolOperation operation, Moment moment) : ICallObserver
    {
        public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
        {
            if (moment == Moment.After && happened is ToolReturned returned && after.Tools[returned.Call] is var done && done.Tool == tool && done.Operation == operation) Die();
        }
    }
}
