using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Crm.Tools;

/// <summary>Where a customer's orders are.</summary>
internal static class OrderTools
{
    private const int OrdersMax = 5;

    public static readonly ToolDescriptor Status = new()
    {
        Name = "order_status",
        Description = "Says where a customer's order is: being made, delayed, ready or collected, and since or by when.",
        Effect = ToolEffect.Read,
        Parameters =
        [
            new() { Name = "customer_id", Type = ParameterType.EntityId, Entity = "customer", Description = "Whose orders." },
            new()
            {
                Name = "order", Type = ParameterType.Reference, Required = false, Pattern = @"[A-Z]{2}\d{5}",
                Description = "The order's number; all open orders without it.",
            },
        ],
        Examples =
        [
            "where is my order",
            "are my glasses ready",
            "are my new glasses ready to collect yet",
            "what about order {order}",
            "can you check order {order} for me",
            "I'm calling about my order {order}",
            "I'm ringing about the glasses I ordered",
            "have my contact lenses come in",
            "when will my glasses be ready",
            "what's happening with my order",
            "is my order in yet",
            "could you tell me the status of my order",
            "I'd like to know if my order is ready",
            "my order number is {order}",
        ],
        Requires = AssuranceLevel.Verified,
        Discloses = AssuranceLevel.Verified,
        Subject = "customer_id",
        Deadline = CrmPlugin.ReadDeadline,
        BackEnd = CrmPlugin.BackEnd,
        Phrases = new()
        {
            One = "Order {order}, {item}, {status_text} {day}.",
            Many = "I can see {count} orders: {rows}.",
            Row = "order {order}, {item}, {status_text} {day}",
            Nothing = "I can't see an order under those details.",
        },
    };

    public static Tool Create(PluginStore<CrmContext> store) => new(Status, new ToolFunction(Status, null, async (arguments, cancellationToken) =>
    {
        var customer = arguments.Require("customer_id");
        var reference = arguments.Find("order");
        var orders = await store.ReadAsync(
            db => db.Orders.AsNoTracking()
                .Where(o => o.CustomerId == customer && (reference == null || o.Reference == reference))
                .OrderBy(o => o.Status == OrderStatus.Collected).ThenByDescending(o => o.OrderedOn).ThenBy(o => o.Reference)
                .Take(OrdersMax + 1).ToListAsync(cancellationToken),
            cancellationToken);
        return ToolFunction.Rows(orders.Take(OrdersMax).Select(Row), truncated: orders.Count > OrdersMax);
    }));

    private static JsonObject Row(OrderRow order) => new()
    {
        ["order"] = order.Reference,
        ["item"] = order.Item,
        ["status"] = order.Status switch
        {
            OrderStatus.BeingMade => "being_made",
            OrderStatus.Delayed => "delayed",
            OrderStatus.Ready => "ready",
            _ => "collected",
        },
        ["status_text"] = order.Status switch
        {
            OrderStatus.BeingMade => "is being made and should be ready on",
            OrderStatus.Delayed => "is delayed and should now be ready on",
            OrderStatus.Ready => "has been ready to collect since",
            _ => "was collected on",
        },
        ["day"] = order.Day,
    };
}
