using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Demo;

/// <summary>What Northgate Opticians offer.</summary>
internal static class DemoCatalogue
{
    public const string Lee = "Doctor Lee", Patel = "Doctor Patel";

    private static readonly string[] Eyes = ["eye test", "contact lens check", "full eye examination"];

    public static readonly BookingCatalogue Northgate = new(
        [
            new("eye test", 30, 2500, ["sight test", "eyesight test", "eye check", "vision test", "eyes tested", "eyes checked"]),
            new("contact lens check", 30, 3000, ["contact lens check-up", "contact lens appointment", "lens check", "contacts checked", "contact lenses checked"]),
            new("full eye examination", 60, 6500, ["full examination", "full eye exam", "full exam", "eye examination", "eye exam", "complete eye examination"]),
            new("frame fitting", 30, 0, ["glasses fitting", "glasses fitted", "frames fitted", "fitting", "glasses adjusted"]),
            new("glasses collection", 30, 0, ["collect my glasses", "pick up my glasses", "collecting my glasses", "collection"]),
        ],
        [
            new(Lee, "optometrist", [.. Eyes], ["dr lee", "doctor li", "lee"]),
            new(Patel, "optometrist", [.. Eyes], ["dr patel", "patel"]),
            new("Doctor Okafor", "optometrist", [.. Eyes], ["dr okafor", "okafor"]),
            new("Mia Novak", "dispensing optician", ["frame fitting", "glasses collection"], ["mia", "novak", "ms novak"]),
        ],
        [
            .. Enumerable.Range(1, 5).Select(day => new OpenDay((IsoDayOfWeek)day, new(9, 0), new(17, 30))),
            new(IsoDayOfWeek.Saturday, new(9, 0), new(16, 0)),
        ]);
}
