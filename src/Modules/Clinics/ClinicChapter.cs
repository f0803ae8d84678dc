using Legwork.Clinics.Booking;
using Legwork.Clinics.Contracts;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Clinics.Plan;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;
using static System.Globalization.CultureInfo;

namespace Legwork.Clinics;

/// <summary>
/// Every clinic has vaccines and fridges, one lot near its end and one recalled;
/// children are booked for the days to come; and one clinic is in the middle of
/// its morning, so that a nurse can go on.
/// </summary>
internal sealed class ClinicChapter
{
    private const int BookedEach = 12;
    private const int ChildrenYears = 6;
    private const int MorningChildren = 14;
    private const string RecalledProduct = "DTaP", RecalledLot = "DT20250918";

    public static readonly DemoChapter Chapter = new("clinics' mornings", 88, story => new ClinicChapter(story).Tell());

    private static readonly (string Product, int Doses)[] Shelf =
        [("HepB", 1), ("BCG", 5), ("IPV", 1), ("bOPV", 10), ("DTaP", 1), ("MMR", 1), ("JE-L", 1), ("MPSV-A", 5),
            ("HepA-L", 1), ("MPSV-AC", 1), ("DT", 2)];

    private readonly DemoStory story;
    private readonly Clinics clinics;
    private readonly IDoseBook doses;
    private readonly T words = new(new Texts([typeof(ClinicsModule).Assembly, typeof(IDoseBook).Assembly], missingThrows: false),
        Language.Chinese);
    private int vial;

    private ClinicChapter(DemoStory story)
    {
        this.story = story;
        (clinics, doses) = (Get<Clinics>(), Get<IDoseBook>());
    }

    private async Task Tell()
    {
        if (clinics.All.Count == 0) return;
        var keeper = By(Role.StockKeeper, story.District, "格桑（疫苗管理员）");
        story.Clock(Calendar.StartOf(story.Today).AddHours(8));
        foreach (var clinic in clinics.All) await Stock(keeper, clinic);
        await Get<StockDesk>().Recall(keeper, story.District, RecalledProduct, RecalledLot, "生产企业通知：该批次暂停使用");
        var children = (await Get<IPersonCards>().BornFrom(Actor.System, ClinicsPermissions.Counter,
                story.Today.AddYears(-ChildrenYears), CancellationToken.None))
            .Where(child => child.Place.Length >= 9).ToLookup(child => child.Place[..9]);
        var busiest = clinics.All.FirstOrDefault(clinic => new Scope(clinic.Street).Covers(story.BusiestGrid))
            ?? clinics.All.MaxBy(clinic => children[clinic.Street].Count())!;
        long booked = 0;
        foreach (var clinic in clinics.All) booked += await Book(clinic, [.. children[clinic.Street].Reverse().Take(3 * BookedEach)]);
        story.Counts["bookings at clinics"] = booked;
        await Morning(busiest, [.. children[busiest.Street].Take(4 * MorningChildren)]);
    }

    private async Task Stock(Actor keeper, Clinic clinic)
    {
        foreach (var fridge in clinic.Fridges)
            for (var hour = 1; hour <= 8; hour++)
                await Get<FridgeWatch>().Take(clinic.Code, fridge, 3.8 + (0.3 * (hour % 4)), Calendar.StartOf(story.Today).AddHours(hour));
        foreach (var (product, count) in Shelf)
        {
            await Receive(keeper, clinic, product, count, "S" + product.Length.ToString(InvariantCulture) + "202511", story.Today.AddDays(20), 3);
            await Receive(keeper, clinic, product, count, "N" + product.Length.ToString(InvariantCulture) + "202606", story.Today.AddDays(400), 12);
        }
        await Receive(keeper, clinic, RecalledProduct, 1, RecalledLot, story.Today.AddDays(300), 2);
    }

    private async Task Receive(Actor keeper, Clinic clinic, string product, int count, string lot, DateOnly expires, int vials)
    {
        var codes = Enumerable.Range(0, vials).Select(_ => "8312345" + (++vial).ToString("0000000000000", InvariantCulture)).ToList();
        await Get<StockDesk>().Receive(keeper,
            new ReceiptAsked(clinic.Code, clinic.Fridges[0], product, lot, expires, "示例生物制品所", count, codes));
    }

    private async Task<int> Book(Clinic clinic, IReadOnlyList<PersonCard> children)
    {
        var (nurse, booked) = (By(Role.Vaccinator, clinic.Street, "拉姆（接种门诊护士）"), 0);
        var days = (await Get<OfferPlaces>().Days(clinic, 1, byParent: true, CancellationToken.None))
            .Where(day => day.Free > 0).Select(day => day.Day).ToList();
        foreach (var child in children)
        {
            if (booked >= BookedEach || days.Count == 0) break;
            var day = days[booked % days.Count];
            if (await Wanted(nurse, child, day) is not { } product) continue;
            var slots = clinic.Plan.Slots.ToList();
            var done = await Get<BookVisits>().ByCounter(nurse, new BookingAsked(clinic.Code, day, slots[booked % slots.Count],
                [new ChildAsked(child.Id, [product])], ""), words, CancellationToken.None);
            if (done.Ok) booked++;
        }
        return booked;
    }

    /// <summary>Half of the children are through, the others stand at every step of the way.</summary>
    private async Task Morning(Clinic clinic, IReadOnlyList<PersonCard> children)
    {
        var nurse = By(Role.Vaccinator, clinic.Street, "拉姆（接种门诊护士）");
        var (at, come) = (Calendar.StartOf(story.Today).AddHours(9), new List<(PersonCard Child, string Product)>());
        foreach (var child in children)
            if (come.Count < MorningChildren && await Wanted(nurse, child, story.Today) is { } product) come.Add((child, product));
        foreach (var ((child, product), order) in come.Select((one, order) => (one, order)))
        {
            story.Clock(at = at.AddMinutes(6));
            foreach (var fridge in clinic.Fridges) await Get<FridgeWatch>().Take(clinic.Code, fridge, 4.4, at);
            var visit = await Get<ComeWithout>().Run(nurse, clinic.Code, child.Id, words, CancellationToken.None);
            if (visit.Ok) await Go(nurse, clinic, visit.Value, child, product, order, come.Count);
        }
        story.Counts["children in today's clinic"] = come.Count;
    }

    private async Task Go(Actor nurse, Clinic clinic, Visit visit, PersonCard child, string product, int order, int all)
    {
        // The last one has only just come.
        if (order == all - 1) return;
        var ill = order == all - 2;
        var questions = clinics.Rules.Questions;
        var answers = questions.ToDictionary(question => question.Code, question =>
            ill && question == questions[0] ? question.Stops : question.Stops == "yes" ? "no" : "yes");
        var asked = await Do(nurse, visit, ClinicsPermissions.Counter, At.Counter, (one, at) => VisitActs.Check(one, at, ill ? 37.9 : 36.5, answers));
        if (ill || asked is null || order == all - 3) return;
        var vaccine = doses.Vaccines(story.Today).First(one => one.Code == product);
        await Get<KeepConsent>().Run(nurse,
            new ConsentAsked(child.Id, product, ConsentRows.Yes, ConsentText.Of(words, vaccine), "", "（示例签字）", "mother", visit.Id));
        var waits = await Do(nurse, asked, ClinicsPermissions.Counter, At.Counter,
            (one, at) => VisitActs.Register(one, at, [product], new HashSet<string> { product }));
        if (waits is null || order >= all / 2) return;
        var called = await Get<CallNext>().Run(nurse, clinic.Code, "1");
        if (!called.Ok || called.Value is not { } at
            || await Get<StockDesk>().Next(clinic.Code, product, CancellationToken.None) is not { } unit) return;
        var given = await Get<GiveDose>().Run(nurse,
            new GiveAsked(new ActAsked(at.Id, at.Version, "1"), unit.Code, "left_arm", ReadBack: true), words);
        if (!given.Ok)
        {
            await Do(nurse, at, ClinicsPermissions.Table, "1", VisitActs.Pass);
            return;
        }
        if (order < all / 4)
            await Do(nurse, given.Value.Visit, ClinicsPermissions.Counter, At.Hall,
                (one, when) => VisitActs.CheckOut(one, when, "家长有急事，无不适"));
    }

    private async Task<Visit?> Do(Actor nurse, Visit visit, Permission permission, string room, Func<Visit, At, Outcome<VisitStep>> act)
    {
        var done = await Get<VisitDesk>().Do(nurse, permission, new ActAsked(visit.Id, visit.Version, room), act);
        return done.Ok ? done.Value : null;
    }

    /// <summary>A vaccine that the child may have on the day and that a clinic's shelf holds.</summary>
    private async Task<string?> Wanted(Actor nurse, PersonCard child, DateOnly day)
    {
        var opened = await doses.Served(nurse, ClinicsPermissions.Counter, ClinicsPermissions.Purpose, child.Id, day, words, CancellationToken.None);
        return opened.Ok
            ? opened.Value.Allowed.Select(one => one.Vaccine).FirstOrDefault(vaccine => Shelf.Any(shelf => shelf.Product == vaccine))
            : null;
    }

    private static Actor By(Role role, string place, string name) =>
        new(Guid.Empty, name, role.Word, [new Grant(role, new Scope(place), DateOnly.MinValue, null)]);

    private TService Get<TService>() where TService : notnull => story.Services.GetRequiredService<TService>();
}
