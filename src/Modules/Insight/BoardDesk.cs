using System.Globalization;
using Legwork.Insight.Figures;
using Legwork.Kernel;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;

namespace Legwork.Insight;

/// <summary>Which board an actor sees: of the places that the grants cover and of what lies in them, never more.</summary>
internal sealed class BoardDesk(CurrentFigures figures, IPlaces places, PlaceNames names, Store store, TimeProvider clock)
{
    private const int FirstYear = 2000;

    /// <param name="place">A code; empty for the widest place of the actor.</param>
    /// <param name="on">A day at whose end the figures were known so, as <c>2026-11-01</c>; empty is now.</param>
    /// <returns>Refusals: <c>insight.out_of_scope</c>, <c>insight.not_found</c>, <c>insight.day</c>.</returns>
    public async Task<Outcome<BoardView>> Show(Actor actor, string? place, CancellationToken cancel, string? on = null)
    {
        var own = PlacesOf(actor);
        if (own.Count == 0) return OutOfScope();
        var code = string.IsNullOrEmpty(place) ? own[0].Code : place;
        if (!own.Any(scope => scope.Covers(code))) return await Beyond(code, cancel);
        if (await Counted(on).WaitAsync(cancel) is not { } snapshot) return NoDay();
        var book = snapshot.Book;
        var known = own.Any(scope => scope.Code == code) || book.Streets.Any(street => street.Code == code)
            || book.Communities.Any(community => community.Code == code);
        if (!known || new Scope(code).Level == ScopeLevel.Grid) return NotFound();
        return new BoardView(await snapshot.Of(code).WaitAsync(cancel), snapshot.Told, new PlaceWords(names, book), own, Above(own, code),
            await snapshot.DrawnOf(code).WaitAsync(cancel));
    }

    /// <returns>Refusals as of <see cref="Show"/>. A retired grid is shown with those that took its place.</returns>
    public async Task<Outcome<GridView>> ShowGrid(Actor actor, string code, CancellationToken cancel, string? on = null)
    {
        var own = PlacesOf(actor);
        if (!own.Any(scope => scope.Covers(code))) return await Beyond(code, cancel);
        if (await Counted(on).WaitAsync(cancel) is not { } snapshot) return NoDay();
        if (snapshot.Book.Grid(code) is not { } grid) return NotFound();
        var workers = await store.ReadAsync(session => RoleHolder.Over(session, Role.GridWorker, code, snapshot.Today), cancel);
        IReadOnlyList<string> heirs = grid.Until is null ? [] : await places.HeirsNow(code, cancel);
        return new GridView(grid, await snapshot.Of(code).WaitAsync(cancel), await snapshot.Of(grid.Community).WaitAsync(cancel), snapshot.Told,
            new PlaceWords(names, snapshot.Book),
            snapshot.Book.Dwellings.Count(dwelling => dwelling.Grid == code), workers, heirs, Above(own, code));
    }

    /// <summary>Of a place beside the actor's own it is said that it is another's; of what is no place, that there is none.</summary>
    private async Task<Refusal> Beyond(string code, CancellationToken cancel)
    {
        var book = (await figures.Look().WaitAsync(cancel)).Book;
        var known = book.Grid(code) is not null || book.Communities.Any(community => community.Code == code)
            || code.Length > 0 && book.Streets.Any(street => new Scope(code).Covers(street.Code));
        return known ? OutOfScope() : NotFound();
    }

    /// <summary>Null for what is no day, or one that is not over yet and not today either.</summary>
    private async Task<Snapshot?> Counted(string? on)
    {
        if (string.IsNullOrEmpty(on)) return await figures.Look();
        var today = clock.Today();
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        return day.Year < FirstYear || day > today ? null : day == today ? await figures.Look() : await figures.GetOn(day);
    }

    /// <summary>The places of the actor's grants, the widest first; what lies in another of them is left out.</summary>
    private static List<Scope> PlacesOf(Actor actor)
    {
        var granted = actor.Where(InsightPermissions.Board).Where(scope => scope.Code.Length > 0).ToList();
        return [.. granted.Where(scope => !granted.Exists(wider => wider != scope && wider.Covers(scope.Code)))
            .OrderBy(scope => scope.Code.Length).ThenBy(scope => scope.Code, StringComparer.Ordinal)];
    }

    /// <summary>The way back: wider places that the actor may see too, the widest first.</summary>
    private static List<string> Above(List<Scope> own, string code) =>
        [.. own.Select(scope => scope.Code)
            .Concat([code[..Math.Min(code.Length, Grid.StreetDigits)], code[..Math.Min(code.Length, Grid.CommunityDigits)]])
            .Where(above => above != code && new Scope(above).Covers(code) && own.Exists(scope => scope.Covers(above)))
            .Distinct().OrderBy(above => above.Length)];

    private static Refusal OutOfScope() => Refusal.Of("insight.out_of_scope", "This place lies outside what you look after.");

    private static Refusal NoDay() => Refusal.Of("insight.day", "Write a day that has been, as 2026-11-01.");

    private static Refusal NotFound() => Refusal.Of("insight.not_found", "There is no such place.");
}

/// <param name="Own">The places of the actor's grants.</param>
/// <param name="Above">Codes of the way back.</param>
/// <param name="Drawn">Parts that were drawn already.</param>
internal sealed record BoardView(Board Board, ToldFigures Told, PlaceWords Words, IReadOnlyList<Scope> Own, IReadOnlyList<string> Above,
    Drawing Drawn);

/// <param name="Around">The community's board, for the map.</param>
/// <param name="Heirs">Grids that took the place of a retired one.</param>
internal sealed record GridView(Grid Grid, Board Board, Board Around, ToldFigures Told, PlaceWords Words, int Dwellings,
    IReadOnlyList<RoleHolder> Workers, IReadOnlyList<string> Heirs, IReadOnlyList<string> Above);
