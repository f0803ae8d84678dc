using Legwork.Platform.Storage;

namespace Legwork.Clinics.Stock;

/// <summary>Doses that a clinic can give of a vaccine, and how many of them are promised to who is booked.</summary>
internal sealed record LevelRow(string Clinic, string Product, long Usable, long Promised)
{
    public long Free => Usable - Promised;

    /// <summary>Promises doses; each vaccine in its order, so that two families never wait for each other.</summary>
    /// <returns>The vaccine of which there are not so many, or null.</returns>
    public static string? Promise(Session session, string clinic, IEnumerable<string> products)
    {
        foreach (var (product, count) in Counted(products))
            if (session.Execute("""
                update clinics_level set promised = promised + @count where clinic = @clinic and product = @product and promised + @count <= usable
                """, new { clinic, product, count }) == 0) return product;
        return null;
    }

    /// <summary>Promises whether or not there are so many: what was taken back is owed again.</summary>
    public static void Owe(Session session, string clinic, IEnumerable<string> products)
    {
        foreach (var (product, count) in Counted(products)) Change(session, clinic, product, 0, count);
    }

    public static void Release(Session session, string clinic, IEnumerable<string> products)
    {
        foreach (var (product, count) in Counted(products))
            session.Execute("""
                update clinics_level set promised = case when promised >= @count then promised - @count else 0 end
                where clinic = @clinic and product = @product
                """, new { clinic, product, count });
    }

    /// <summary>Doses came or went.</summary>
    public static void Change(Session session, string clinic, string product, long usable, long promised = 0) => session.Execute("""
        insert into clinics_level (clinic, product, usable, promised) values (@clinic, @product, @usable, @promised)
        on conflict (clinic, product) do update set usable = clinics_level.usable + excluded.usable,
            promised = clinics_level.promised + excluded.promised
        """, new { clinic, product, usable, promised });

    public static Task<List<LevelRow>> Of(Session session, string clinic) => session.QueryAsync<LevelRow>(
        "select clinic, product, usable, promised from clinics_level where clinic = @clinic order by product", new { clinic });

    private static IEnumerable<(string Product, long Count)> Counted(IEnumerable<string> products) =>
        products.GroupBy(product => product).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => (same.Key, (long)same.Count()));
}
