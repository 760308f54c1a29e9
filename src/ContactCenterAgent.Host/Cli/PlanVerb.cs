using System.Collections.Immutable;
using System.CommandLine;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using ContactCenterAgent.Simulation.PlannerBench;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>plan</c>: utterances in, slots and calls out. Nothing is opened and nothing is run.</summary>
internal static class PlanVerb
{
    public static Command Command()
    {
        var tools = new Option<FileInfo?>("--tools") { Description = "The tools to plan for, as JSON. Default: the demo business's.", HelpName = "FILE" };
        var slots = new Option<FileInfo?>("--slots") { Description = "The slots to find, as JSON. Default: the parameters of --tools, else those of a table booking.", HelpName = "FILE" };
        var weights = new Option<DirectoryInfo?>("--weights") { Description = "Weights of the slots, made by 'bench planner --learn'. Default: learned from the developers' data where it is there and has these slots, else none.", HelpName = "FOLDER" };
        var plan = new Command(
            "plan",
            "Reads utterances as JSON lines ({\"id\",\"text\",\"asked\":[],\"nbest\":[],\"today\"}; all but text are optional) and writes slots and calls of each, and how long it took in ms. No side effects.")
        {
            tools, slots, weights,
        };
        plan.SetAction(parsed => Run(
            System.Console.In, System.Console.Out, parsed.GetValue(tools)?.FullName, parsed.GetValue(slots)?.FullName, parsed.GetValue(weights)?.FullName, TimeProvider.System));
        return plan;
    }

    /// <summary>Plans line by line. A line that is no utterance is answered with its error, and the rest goes on.</summary>
    /// <returns>2 where a line was no utterance, or a file is not of its form.</returns>
    internal static int Run(TextReader input, TextWriter output, string? tools, string? slots, string? weights, TimeProvider time)
    {
        try
        {
            var lines = PlanLines.Of(tools, slots, weights, DemoTools(), NoNameLists.Instance, time);
            return lines.Run(input, output) == 0 ? ExitCode.Ok : ExitCode.Usage;
        }
        catch (InvalidDataException fault)
        {
            System.Console.Error.WriteLine(fault.Message);
            return ExitCode.Usage;
        }
    }

    private static ImmutableArray<ToolDescriptor> DemoTools() => [.. CrmPlugin.Describe(), .. BookingPlugin.Describe(NorthgateDiary.Catalogue)];
}
