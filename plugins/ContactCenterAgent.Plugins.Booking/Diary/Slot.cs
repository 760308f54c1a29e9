using ContactCenterAgent.Plugins.Shared;
using NodaTime;
using NodaTime.Text;

namespace ContactCenterAgent.Plugins.Booking.Diary;

/// <summary>A time that can be offered. Its id says all of it, so an offer needs no row: <c>20261126T1430Z.doctor-lee.eye-test</c>.</summary>
internal sealed record Slot(Provider Provider, Service Service, Instant Start)
{
    private static readonly InstantPattern IdTime = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmm'Z'");

    private static readonly LocalDateTimePattern Spoken = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public Instant End => Start + Duration.FromMinutes(Service.Minutes);

    public string Id => $"{IdTime.Format(Start)}.{Slug(Provider.Name)}.{Slug(Service.Name)}";

    /// <summary>Starts of the grains that it takes.</summary>
    public IEnumerable<long> Grains => GrainsOf(Start.Micros(), End.Micros());

    /// <summary>Starts of the grains from one instant up to another.</summary>
    public static IEnumerable<long> GrainsOf(long startMicros, long endMicros)
    {
        for (var at = startMicros; at < endMicros; at += GrainMicros) yield return at;
    }

    public static long GrainMicros { get; } = BookingCatalogue.Grain.ToTimeSpan().Micros();

    /// <summary>Reads an id; null where it names nothing in this catalogue.</summary>
    public static Slot? Parse(string id, BookingCatalogue catalogue)
    {
        if (id.Split('.') is not [var time, var who, var what] || !IdTime.Parse(time).TryGetValue(Instant.MinValue, out var start)) return null;
        var provider = catalogue.Providers.FirstOrDefault(p => Slug(p.Name) == who);
        var service = catalogue.Services.FirstOrDefault(s => Slug(s.Name) == what);
        return provider is null || service is null || !provider.Services.Contains(service.Name) ? null : new(provider, service, start);
    }

    /// <summary>An instant as tools say it: local, <c>2026-11-26T14:30</c>.</summary>
    public static string Local(Instant instant, DateTimeZone zone) => Spoken.Format(instant.InZone(zone).LocalDateTime);

    private static string Slug(string name) => name.ToLowerInvariant().Replace(' ', '-');
}
