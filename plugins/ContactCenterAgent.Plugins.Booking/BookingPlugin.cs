using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Diary;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Booking.Tools;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking;

/// <summary>A diary as tools: opening hours, services, free times, and appointments held, booked, moved and cancelled.</summary>
public static class BookingPlugin
{
    internal const string BackEnd = "diary";

    internal static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(4);

    internal static readonly TimeSpan EffectDeadline = TimeSpan.FromSeconds(8);

    /// <summary>Europe/London, of NodaTime's own time-zone data.</summary>
    public static DateTimeZone London => DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>What the core knows of the tools; needs no database.</summary>
    /// <param name="catalogue">Becomes the choices of service and provider.</param>
    public static IReadOnlyList<ToolDescriptor> Describe(BookingCatalogue catalogue) =>
    [
        OpeningHoursTool.Descriptor, ListServicesTool.Describe(catalogue), FindSlotsTool.Describe(catalogue), BookAppointmentTool.Descriptor,
        ListAppointmentsTool.Descriptor, RescheduleAppointmentTool.Descriptor, CancelAppointmentTool.Descriptor,
    ];

    /// <summary>The tools on a migrated database.</summary>
    /// <param name="connectionString">Of <c>Microsoft.Data.Sqlite</c>; the file may be the ledger's. Nothing is opened until a tool is called.</param>
    /// <param name="time">Says what is past and which holds have run out.</param>
    /// <param name="catalogue">As <see cref="CatalogueStore.ReadAsync"/> reads it from the same database.</param>
    /// <param name="zone">Of all local dates and times in arguments and rows. Null: <see cref="London"/>.</param>
    /// <returns>In the order of <see cref="Describe"/>. Effects are local: they run inside the ledger's transaction where one is given.</returns>
    public static IReadOnlyList<Tool> Create(string connectionString, TimeProvider time, BookingCatalogue catalogue, DateTimeZone? zone = null)
    {
        zone ??= London;
        var store = new PluginStore<BookingContext>(connectionString, o => new(o));
        var holds = new Holds(store, catalogue, zone, time);
        return
        [
            OpeningHoursTool.Create(catalogue), ListServicesTool.Create(catalogue), FindSlotsTool.Create(store, catalogue, zone, time),
            holds.Tool(BookAppointmentTool.Descriptor), ListAppointmentsTool.Create(store, zone, time), holds.Tool(RescheduleAppointmentTool.Descriptor),
            CancelAppointmentTool.Create(store, zone, time),
        ];
    }

    /// <summary>Creates or brings up to date the tables whose names begin with <c>booking_</c>; their history is <c>__booking_history</c>. Idempotent.</summary>
    /// <exception cref="StoreTooNewException">A newer version of this plugin has migrated the database; nothing was changed.</exception>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await PluginStore<BookingContext>.OpenAsync(connectionString, cancellationToken);
        var store = new PluginStore<BookingContext>(connectionString, o => new(o));
        await Schema.MigrateAsync(connection, BookingContext.History, BookingContext.Migrations, () => store.On(connection), cancellationToken);
    }
}
