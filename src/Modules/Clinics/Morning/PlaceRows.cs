using Legwork.Clinics.Plan;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <summary>
/// Places of half hours: a row for all vaccines together (product empty) and one for each that the plan caps. Taking is one statement with its own
/// condition, so that a place is never given twice, whoever asks at the same time and on whichever node.
/// </summary>
internal static class PlaceRows
{
    /// <summary>Takes places for these children in one half hour: all of them or none.</summary>
    /// <param name="products">Of each child.</param>
    /// <returns>False when there are not so many; whatever was taken goes with the unit.</returns>
    public static bool Take(Session session, Clinic clinic, DateOnly day, int minute, IReadOnlyList<IReadOnlyList<string>> products)
    {
        if (!TakeOne(session, clinic, day, minute, "", clinic.Plan.Places, products.Count)) return false;
        foreach (var (product, count) in Capped(clinic, products))
            if (!TakeOne(session, clinic, day, minute, product, clinic.Plan.Products[product], count)) return false;
        return true;
    }

    public static void Free(Session session, Clinic clinic, DateOnly day, int minute, IReadOnlyList<IReadOnlyList<string>> products)
    {
        foreach (var (product, count) in Capped(clinic, products).Prepend(("", products.Count)))
            session.Execute("""
                update clinics_places set taken = taken - @count
                where clinic = @Code and day = @day and minute = @minute and product = @product and taken >= @count
                """, new { clinic.Code, day, minute = (long)minute, product, count = (long)count });
    }

    /// <summary>Rows of some days, of those half hours in which anybody booked.</summary>
    public static Task<List<PlacesRow>> Of(Session session, string clinic, DateOnly from, DateOnly until) => session.QueryAsync<PlacesRow>(
        "select day, minute, product, quota, taken from clinics_places where clinic = @clinic and day >= @from and day <= @until",
        new { clinic, from, until });

    private static bool TakeOne(Session session, Clinic clinic, DateOnly day, int minute, string product, int quota, int count)
    {
        var args = new { clinic.Code, day, minute = (long)minute, product, quota = (long)quota, count = (long)count };
        const string take = """
            update clinics_places set taken = taken + @count
            where clinic = @Code and day = @day and minute = @minute and product = @product and taken + @count <= quota
            """;
        if (session.Execute(take, args) == 1) return true;
        // The first who books in a half hour makes its row; who finds it made by another takes what is left.
        session.Execute("""
            insert into clinics_places (clinic, day, minute, product, quota, taken) values (@Code, @day, @minute, @product, @quota, 0)
            on conflict do nothing
            """, args);
        return session.Execute(take, args) == 1;
    }

    // Always in the same order: two families who want the same things never wait for each other.
    private static IEnumerable<(string Product, int Count)> Capped(Clinic clinic, IReadOnlyList<IReadOnlyList<string>> products) => products
        .SelectMany(one => one.Distinct()).Where(clinic.Plan.Products.ContainsKey).GroupBy(product => product)
        .OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => (same.Key, same.Count()));
}

internal sealed record PlacesRow(DateOnly Day, long Minute, string Product, long Quota, long Taken)
{
    public long Free => Quota - Taken;
}
