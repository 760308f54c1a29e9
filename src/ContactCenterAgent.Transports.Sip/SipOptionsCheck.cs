using System.ComponentModel.DataAnnotations;
using System.Net;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Trunks;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip;

/// <summary>Options to what the stack takes; a bad value stops the start, not a call.</summary>
internal static class SipOptionsCheck
{
    internal static void Check(SipOptions options)
    {
        Validate(options);
        foreach (var user in options.Users) Validate(user);
        foreach (var trunk in options.Trunks)
        {
            Validate(trunk);
            PlanOf(trunk);
        }

        RulesOf(options);
        if (CodecsOf(options).All(c => c == SipCodec.G722)) throw new ValidationException("Codecs must name PCMA or PCMU: a call that we offer is of 8000 samples a second.");
        if (options.RtpPortLast <= options.RtpPortFirst) throw new ValidationException("RtpPortLast must be above RtpPortFirst.");
        if (options.TransferTo.Length > 0 && SipUri.Parse(options.TransferTo) is null) throw new ValidationException("TransferTo must be a SIP URI.");
        if (options.Listen.Length == 0) throw new ValidationException("Listen must be an IP address.");
    }

    internal static IReadOnlyList<SipCodec> CodecsOf(SipOptions options) => options.Codecs.Length == 0 ? [SipCodec.Pcma, SipCodec.Pcmu] : [.. options.Codecs.Distinct()];

    internal static CallerRules RulesOf(SipOptions options) =>
        new([.. options.AllowedFrom.Select(Network)], [.. options.TrustedFrom.Select(Network)], options.Users.ToDictionary(u => u.Name, u => u.Password, StringComparer.Ordinal), options.Realm)
        {
            Algorithms = options.Digest switch
            {
                SipDigest.Sha256 => [DigestAlgorithm.Sha256],
                SipDigest.Md5 => [DigestAlgorithm.Md5],
                _ => [DigestAlgorithm.Sha256, DigestAlgorithm.Md5],
            },
        };

    internal static TrunkPlan PlanOf(SipTrunkOptions trunk)
    {
        var registrar = SipUri.Parse(trunk.Registrar) ?? throw new ValidationException($"The registrar of trunk {trunk.Name} must be a SIP URI.");
        var proxy = trunk.Proxy.Length == 0 ? registrar : SipUri.Parse(trunk.Proxy) ?? throw new ValidationException($"The proxy of trunk {trunk.Name} must be a SIP URI.");
        return new(trunk.Name, registrar, SipPeer.To(proxy), new(trunk.User, trunk.Password), trunk.Register, (uint)trunk.Expires, trunk.KeepAlive);
    }

    private static void Validate(object options) => Validator.ValidateObject(options, new(options), validateAllProperties: true);

    private static IPNetwork Network(string text)
    {
        var whole = text.Contains('/', StringComparison.Ordinal) ? text : text.Contains(':', StringComparison.Ordinal) ? text + "/128" : text + "/32";
        return IPNetwork.TryParse(whole, out var network) ? network : throw new ValidationException($"'{SipText.Shown(text)}' is not a network like 192.0.2.0/24.");
    }
}
