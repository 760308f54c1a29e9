using System.Collections.Immutable;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking;

/// <summary>What a business offers, who does it and when it is open. Read once at start: it becomes the tools' choices.</summary>
/// <param name="Services">In the order in which they are named to a caller.</param>
/// <param name="Providers">In the order in which equal times are offered.</param>
/// <param name="Hours">Open days of the week; a day that is absent is closed.</param>
public sealed record BookingCatalogue(ImmutableArray<Service> Services, ImmutableArray<Provider> Providers, ImmutableArray<OpenDay> Hours)
{
    /// <summary>Every appointment starts on a grain and takes whole grains of one provider: 30 minutes.</summary>
    public static readonly Duration Grain = Duration.FromMinutes(30);
}

/// <summary>Something one can book.</summary>
/// <param name="Name">As spoken and as stored: <c>eye test</c>.</param>
/// <param name="Minutes">A multiple of the grain.</param>
/// <param name="PricePence">In pence sterling.</param>
/// <param name="Words">Other words for it, lower case.</param>
public sealed record Service(string Name, int Minutes, int PricePence, ImmutableArray<string> Words);

/// <summary>Somebody who sees customers.</summary>
/// <param name="Name">As spoken and as stored: <c>Doctor Lee</c>.</param>
/// <param name="Role">Profession.</param>
/// <param name="Services">Names of the services that they do.</param>
/// <param name="Words">Other words for them, lower case.</param>
public sealed record Provider(string Name, string Role, ImmutableArray<string> Services, ImmutableArray<string> Words);

/// <summary>When the doors are open.</summary>
/// <param name="Day">Day of the week.</param>
/// <param name="Opens">Local time.</param>
/// <param name="Closes">Local time.</param>
public sealed record OpenDay(IsoDayOfWeek Day, LocalTime Opens, LocalTime Closes);
