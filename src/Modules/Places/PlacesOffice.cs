using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Places.Lists;
using Legwork.Places.Queue;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Places;

/// <summary>The contract's one implementation: each act is a file of its own.</summary>
internal sealed class PlacesOffice(Store store, CurrentBook books, TakeGrids takeGrids, TakeAddresses takeAddresses, AskClerk askClerk, Learn learn,
    ChangeGrids changeGrids) : IPlaces
{
    public IAddressBook Book => books.Get();

    public async Task<IAddressBook> BookNow(CancellationToken cancel) => await books.Get(cancel);

    public Task<Outcome<GridsTaken>> TakeGrids(Stream geoJson, DateOnly? since = null) => takeGrids.From(geoJson, since);

    public async Task<Outcome<GridsTaken>> CheckGrids(Stream geoJson) => await Lists.CheckGrids.Of(await books.Get(CancellationToken.None), geoJson);

    public Task<Outcome<AddressesTaken>> TakeAddresses(IEnumerable<AddressRow> rows) => takeAddresses.From(rows);

    public int Ask(Session session, IAddressBook book, IEnumerable<AskedText> texts) => askClerk.Ask(session, (AddressBook)book, texts);

    public string? GridOn(Guid dwelling, DateOnly day) => store.Read(session =>
        session.First<string>("select from_grid from places_move where dwelling = @dwelling and on_day > @day order by on_day, id limit 1",
            new { dwelling, day })
            ?? session.First<string>("select grid from places_dwelling where id = @dwelling", new { dwelling }));

    public IReadOnlyList<string> HeirsOf(string grid) => store.Read(Lineage.Load).HeirsOf(grid);

    public async Task<IReadOnlyList<string>> HeirsNow(string grid, CancellationToken cancel) =>
        (await store.ReadAsync(Lineage.LoadAsync, cancel)).HeirsOf(grid);

    public Task<Outcome<Taught>> Learn(Teach teach, Actor by) => learn.Teach(teach, by);

    public Task<Outcome<Done>> Unlearn(long lesson, Actor by) => learn.Unlearn(lesson, by);

    public Outcome<GridPlan> Plan(SplitGrid asked) => PlanGrids.Split(books.Get(), asked);

    public Outcome<GridPlan> Plan(MergeGrids asked) => PlanGrids.Merge(books.Get(), asked);

    public Task<Outcome<Done>> Carry(GridPlan plan, Actor by) => changeGrids.Carry(plan, by);
}
