using System.Net.Mail;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Shared;

namespace ContactCenterAgent.Plugins.Crm.Tools;

/// <summary>Changes how a customer is reached. At most once per key; the change and its entry are one transaction.</summary>
internal static class ContactTools
{
    public static readonly ToolDescriptor Phone = Change(
        "change_phone",
        "Changes the telephone number on file.",
        new() { Name = "phone", Type = ParameterType.Phone, Description = "The new number.", Ask = "What is the new number?" },
        [
            "I'd like to change my phone number",
            "change my number to {phone}",
            "my new number is {phone}",
            "please update my telephone number to {phone}",
            "I've got a new mobile number, it's {phone}",
            "can you put {phone} down as my number",
            "I have a new phone number",
            "could you change the number you have for me",
            "my mobile has changed to {phone}",
            "use {phone} from now on",
            "you've got the wrong phone number for me",
        ]) with
    {
        Phrases = new()
        {
            ReadBack = "changing your number to {phone}",
            Done = "I've changed your number to {phone}.",
            Refused = "I'm sorry, I couldn't change that number.",
        },
    };

    public static readonly ToolDescriptor Email = Change(
        "change_email",
        "Changes the e-mail address on file.",
        new() { Name = "email", Type = ParameterType.Email, Description = "The new address.", Ask = "What is the new e-mail address?" },
        [
            "I'd like to change my email address",
            "change my email to {email}",
            "my new email is {email}",
            "please update my email address to {email}",
            "can you put {email} down as my email",
            "I have a new email address",
            "could you change the email you have for me",
            "send everything to {email} from now on",
            "my email address has changed to {email}",
            "you've got the wrong email for me",
        ]) with
    {
        Phrases = new()
        {
            ReadBack = "changing your e-mail address to {email}",
            Done = "I've changed your e-mail address to {email}.",
            Refused = "I'm sorry, I couldn't change that address.",
        },
    };

    public static IEnumerable<Tool> Create(PluginStore<CrmContext> store, TimeProvider time)
    {
        yield return Tool(Phone, store, time, IsPhone, (customer, phone) => customer.Phone = phone);
        yield return Tool(Email, store, time, IsEmail, (customer, email) => customer.Email = email);
    }

    private static ToolDescriptor Change(string name, string description, ToolParameter value, string[] examples) => new()
    {
        Name = name,
        Description = description,
        Effect = ToolEffect.Write,
        Authorisation = Authorisation.OnRequest,
        Parameters = [new() { Name = "customer_id", Type = ParameterType.EntityId, Entity = "customer", Description = "Whose." }, value],
        Examples = [.. examples],
        Requires = AssuranceLevel.Verified,
        Subject = "customer_id",
        BackEnd = CrmPlugin.BackEnd,
        Deadline = CrmPlugin.EffectDeadline,
        CanLookUp = true,
    };

    private static Tool Tool(
        ToolDescriptor tool, PluginStore<CrmContext> store, TimeProvider time, Func<string, bool> acceptable, Action<CustomerRow, string> change)
    {
        var name = tool.Parameters[1].Name;
        return new(tool, new ToolFunction(tool, null, async (arguments, cancellationToken) =>
        {
            var customer = arguments.Require("customer_id");
            var value = arguments.Require(name);
            if (!acceptable(value)) throw ToolArguments.Unacceptable(name);
            return await store.WriteAsync(
                arguments,
                db => Effects.OnceAsync(db, arguments, tool.Name, UtcMicros.Now(time), async () =>
                {
                    var row = await db.Customers.FindAsync([customer], cancellationToken) ?? throw new ToolRefusedException("no_such_customer");
                    change(row, value);
                    return new JsonObject { ["customer_id"] = customer, [name] = value };
                }, cancellationToken),
                cancellationToken);
        }))
        {
            Local = true,
            LookUp = Effects.LookUp(tool, store, time),
        };
    }

    /// <summary>E.164: a plus and at most fifteen digits.</summary>
    private static bool IsPhone(string text) => text is ['+', not '0', ..] && text.Length is >= 8 and <= 16 && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsEmail(string text) => MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
