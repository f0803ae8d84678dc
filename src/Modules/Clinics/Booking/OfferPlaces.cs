using Legwork.Clinics.Morning;
using Legwork.Clinics.Plan;
using Legwork.Clinics.Stock;
using Legwork.Platform;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Booking;

/// <summary>What is free: for a page to offer. Taking it is another matter, and may find it gone.</summary>
internal sealed class OfferPlaces(Store store, Clinics clinics, TimeProvider clock)
{
    /// <summary>The days that are open for booking with the places left on each, for so many children together.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, long Free)>> Days(Clinic clinic, int children, bool byParent, CancellationToken cancel)
    {
        var local = Calendar.Local(clock.GetUtcNow());
        var first = byParent ? clinics.Rules.Booking.FirstOpen(local) : DateOnly.FromDateTime(local.DateTime);
        var last = clinics.Rules.Booking.LastOpen(local);
        var taken = (await store.ReadAsync(session => PlaceRows.Of(session, clinic.Code, first, last), cancel))
            .Where(row => row.Product.Length == 0).ToDictionary(row => (row.Day, (int)row.Minute), row => row.Free);
        var days = new List<(DateOnly, long)>();
        for (var day = first; day <= last; day = day.AddDays(1))
            if (clinic.Plan.OpensOn(day))
                days.Add((day, clinic.Plan.Slots.Select(minute => taken.GetValueOrDefault((day, minute), clinic.Plan.Places))
                    .Where(free => free >= children).Sum()));
        return days;
    }

    /// <summary>The half hours of a day with the places left in each; those that hold so many children only.</summary>
    public async Task<IReadOnlyList<(int Minute, long Free)>> Slots(Clinic clinic, DateOnly day, int children, CancellationToken cancel)
    {
        var taken = (await store.ReadAsync(session => PlaceRows.Of(session, clinic.Code, day, day), cancel))
            .Where(row => row.Product.Length == 0).ToDictionary(row => (int)row.Minute, row => row.Free);
        return [.. clinic.Plan.Slots.Select(minute => (minute, taken.GetValueOrDefault(minute, clinic.Plan.Places)))
            .Where(slot => slot.Item2 >= children)];
    }

    /// <summary>Vaccines of which the clinic has doses that nobody was promised.</summary>
    public async Task<IReadOnlySet<string>> InStock(Clinic clinic, CancellationToken cancel) =>
        (await store.ReadAsync(session => LevelRow.Of(session, clinic.Code), cancel)).Where(level => level.Free > 0).Select(level => level.Product)
            .ToHashSet(StringComparer.Ordinal);
}
