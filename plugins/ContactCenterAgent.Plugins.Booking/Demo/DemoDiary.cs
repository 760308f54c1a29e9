using ContactCenterAgent.Plugins.Booking.Diary;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Demo;

/// <summary>Draws the shifts and appointments of the demo business: near days fuller than far ones, some days full.</summary>
internal sealed class DemoDiary
{
    private const int DaysBack = 7, DaysAhead = 21;

    private static readonly (LocalTime From, LocalTime To)[] Weekday = [(new(9, 0), new(12, 30)), (new(13, 30), new(17, 30))];

    private static readonly (LocalTime From, LocalTime To)[] Saturday = [(new(9, 0), new(12, 30)), (new(13, 0), new(16, 0))];

    private readonly SeededRandom _random;
    private readonly int _seed;
    private readonly LocalDate _today;
    private readonly LocalDate _danas, _full, _thursday;

    public DemoDiary(int seed, LocalDate today)
    {
        _seed = seed;
        _today = today;
        _random = new(seed);
        _danas = today.Next(IsoDayOfWeek.Tuesday).Next(IsoDayOfWeek.Tuesday);
        _full = today.Next(IsoDayOfWeek.Saturday);
        _thursday = today.Next(IsoDayOfWeek.Thursday);
        for (var day = today.PlusDays(-DaysBack); day <= today.PlusDays(DaysAhead); day = day.PlusDays(1))
            foreach (var provider in DemoCatalogue.Northgate.Providers) Fill(provider, day);
    }

    public List<ShiftRow> Shifts { get; } = [];

    public List<AppointmentRow> Appointments { get; } = [];

    private void Fill(Provider provider, LocalDate day)
    {
        var hours = day.DayOfWeek switch { IsoDayOfWeek.Sunday => [], IsoDayOfWeek.Saturday => Saturday, _ => Weekday };
        var occupancy = Occupancy(provider, day);
        foreach (var (from, to) in hours)
        {
            var (start, end) = (At(day, from), At(day, to));
            Shifts.Add(new() { Provider = provider.Name, StartMicros = start, EndMicros = end });
            for (var at = start; at < end;) at += Draw(provider, day, at, end, occupancy);
        }
    }

    private long Draw(Provider provider, LocalDate day, long at, long end, double occupancy)
    {
        var wish = _random.Pick(provider.Services);
        var drawn = DemoCatalogue.Northgate.Services.First(s => s.Name == wish);
        var customer = 1 + _random.Next(DemoCustomers.Count - 1);
        var isTaken = _random.NextDouble() < occupancy;
        if (IsDanas(provider, day, at)) return Book(provider, DemoCatalogue.Northgate.Services[0], 0, at);

        var length = drawn.Minutes * 60_000_000L;
        if (at + length > end || IsFixed(provider, day, at) || IsFixed(provider, day, at + length - Slot.GrainMicros))
            drawn = DemoCatalogue.Northgate.Services.First(s => provider.Services.Contains(s.Name) && s.Minutes == 30);
        return (IsFixed(provider, day, at) ? !IsOffer(day, at) : isTaken) ? Book(provider, drawn, customer, at) : Slot.GrainMicros;
    }

    private long Book(Provider provider, Service service, int customer, long at)
    {
        var length = service.Minutes * 60_000_000L;
        Appointments.Add(new()
        {
            Id = $"A{Appointments.Count:d4}{_random.Next(0x10000):x4}",
            CustomerId = DemoCustomers.Id(_seed, customer),
            Provider = provider.Name,
            Service = service.Name,
            StartMicros = at,
            EndMicros = at + length,
            State = AppointmentState.Booked,
            CreatedMicros = At(_today.PlusDays(-DaysBack - 1 - _random.Next(60)), new(9 + _random.Next(8), 0)),
        });
        return length;
    }

    private double Occupancy(Provider provider, LocalDate day)
    {
        var drawn = _random.NextDouble();
        if (provider.Name == DemoCatalogue.Patel && day == _full) return 1;
        if (drawn < 0.1) return 1;
        var ahead = Math.Clamp(Period.DaysBetween(_today, day), 0, DaysAhead);
        return 0.85 - 0.35 * ahead / DaysAhead - 0.2 * drawn;
    }

    private bool IsDanas(Provider provider, LocalDate day, long at) =>
        provider.Name == DemoCatalogue.Lee && day == _danas && at == At(day, new(10, 0));

    // Doctor Lee's Thursday from noon to half past three: booked up to 14:30, free for an hour from then on. And the grain of Dana's appointment.
    private bool IsFixed(Provider provider, LocalDate day, long at) =>
        IsDanas(provider, day, at)
        || (provider.Name == DemoCatalogue.Lee && day == _thursday && at >= At(day, new(12, 0)) && at < At(day, new(15, 30)));

    private static bool IsOffer(LocalDate day, long at) => at >= At(day, new(14, 30));

    private static long At(LocalDate day, LocalTime time) => (day + time).InZoneLeniently(BookingPlugin.London).ToInstant().Micros();
}
