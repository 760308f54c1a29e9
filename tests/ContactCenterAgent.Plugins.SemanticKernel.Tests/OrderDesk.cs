using System.ComponentModel;
using ContactCenterAgent.Core.Tools;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

/// <summary>A plugin as an application has it, with every way of saying or not saying what a function does.</summary>
internal sealed class OrderDesk
{
    public List<string> Ran { get; } = [];

    public Func<int, string?> OnRefund { get; set; } = _ => null;

    [KernelFunction, Description("Says where an order is.")]
    [Effect(ToolEffect.Read)]
    public object GetStatus(string orderId, bool detailed = false)
    {
        Ran.Add($"status {orderId} {detailed}");
        return new { order = orderId, state = "shipped" };
    }

    [KernelFunction, Description("Pays an order back.")]
    public string Refund(string orderId, int pence, string? idempotencyKey = null)
    {
        Ran.Add($"refund {orderId} {pence}");
        return OnRefund(pence) ?? $$"""{"refunded":{{pence}},"key":"{{idempotencyKey}}"}""";
    }

    [KernelFunction, Description("Writes off an order.")]
    [Effect(ToolEffect.Irreversible)]
    public string WriteOff(string orderId)
    {
        Ran.Add($"write off {orderId}");
        return "written off";
    }

    [KernelFunction, Description("Asks a credit agency.")]
    [Effect(ToolEffect.Disclose)]
    public string CheckCredit(string name)
    {
        Ran.Add($"credit {name}");
        return "good";
    }

    [KernelFunction, Description("Holds nothing that could be given back.")]
    [Effect(ToolEffect.Reserve)]
    public string Reserve(Speed speed, DateOnly day) => $"{speed} {day}";

    [KernelFunction, Description("Takes what cannot be said.")]
    public string Import(string[] lines) => string.Join(',', lines);

    [KernelFunction, Description("Could take what cannot be said.")]
    public string Note(string text, string[]? tags = null) => text + tags?.Length;

    internal enum Speed
    {
        Slow,
        Fast,
    }
}
