using Legwork.Clinics.Booking;
using Legwork.Clinics.Morning;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Tests;

/// <summary>Places: given once, lost never, by families together or not at all.</summary>
public class BookingTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_many_families_at_once_as_many_get_a_place_as_there_are_and_everybody_else_is_told_so(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", MorningDistrict.Children);
        var places = district.Get<Clinics>().Find(MorningDistrict.Clinic)!.Plan.Places;

        var booked = await Task.WhenAll(Enumerable.Range(1, MorningDistrict.Children).Select(n => Task.Run(() =>
            district.Book(540, district.Child(n)))));

        booked.Count(one => one.Ok).ShouldBe(places);
        booked.Where(one => !one.Ok).ShouldAllBe(one => one.Refusal!.Code == "clinics.full");
        district.Count("select count(*) from clinics_visit").ShouldBe(places, "who got none left nothing behind");
        district.Count("select taken from clinics_places where product = ''").ShouldBe(places);
        district.Count("select promised from clinics_level where product = 'IPV'").ShouldBe(places);
        district.Count("select count(*) from clinics_act").ShouldBe(places);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Children_of_one_family_are_booked_together_or_not_at_all(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 20);
        for (var n = 1; n <= 8; n++)
            (await district.Book(540, district.Child(n))).Ok.ShouldBeTrue();
        var three = await district.Book(540, district.Child(11), district.Child(12), district.Child(13));
        three.Refusal!.Code.ShouldBe("clinics.full");
        var two = await district.Book(540, district.Child(11), district.Child(12));
        two.Ok.ShouldBeTrue(two.Refusal?.ToString());
        (await district.Of(district.Child(11)))!.Party.ShouldBe((await district.Of(district.Child(12)))!.Party);
        (await district.Of(district.Child(13))).ShouldBeNull();
        district.Count("select taken from clinics_places where product = ''").ShouldBe(10);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nothing_is_promised_that_is_not_there_and_a_cancelled_booking_gives_place_and_dose_back(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 1);
        (await district.Book(540, district.Child(1))).Ok.ShouldBeTrue();
        var second = await district.Book(570, district.Child(2));
        second.Refusal!.Code.ShouldBe("clinics.no_stock");
        district.Count("select coalesce(sum(taken), 0) from clinics_places where minute = 570").ShouldBe(0, "the place it had taken is free again");
        (await district.Book(600, district.Child(1))).Refusal!.Code.ShouldBe("clinics.no_stock");

        await district.Do((await district.Of(district.Child(1)))!, ClinicsPermissions.Counter,
            (visit, at) => VisitActs.Cancel(visit, at, "孩子发烧"));
        district.Count("select sum(taken) from clinics_places").ShouldBe(0);
        district.Count("select promised from clinics_level").ShouldBe(0);
        district.Count("select count(*) from messages_message where state <> 'withdrawn'").ShouldBe(0, "nobody is reminded of what is not");
        (await district.Book(570, district.Child(2))).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_child_is_booked_once_whoever_books_it_and_only_for_what_the_schedule_allows(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 20);
        await district.Stocked("MMR", 20);
        var child = district.Child(1);
        var twice = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
            district.Book(540 + (30 * (n % 4)), child))));
        twice.Count(one => one.Ok).ShouldBe(1);
        twice.Where(one => !one.Ok).ShouldAllBe(one => one.Refusal!.Code == "clinics.booked_already");
        district.Count("select sum(taken) from clinics_places").ShouldBe(1);

        var measles = await district.Book(MorningDistrict.Booking(540, district.Child(2)) with
        {
            Children = [new ChildAsked(district.Child(2), ["MMR"])],
        });
        (measles.Refusal!.Code, measles.Refusal.At).ShouldBe(("clinics.not_due", "MMR"));
        (await district.Book(541, district.Child(2))).Refusal!.Code.ShouldBe("clinics.no_session");
        (await district.Book(MorningDistrict.Booking(540, district.Child(2)) with { Day = MorningDistrict.Monday.AddDays(-3) }))
            .Refusal!.Code.ShouldBe("clinics.day_closed", "the day before yesterday");
        (await district.Book(MorningDistrict.Booking(540, district.Child(2)) with { Day = MorningDistrict.Monday.AddDays(14) }))
            .Refusal!.Code.ShouldBe("clinics.day_closed", "too far ahead");
        (await district.Book(MorningDistrict.Booking(540, district.Child(2)), MorningDistrict.Of(new("Vaccinator"), "540102005")))
            .Refusal!.Code.ShouldBe("clinics.out_of_scope");
        (await district.Get<BookVisits>().ByParent(MorningDistrict.Of(Platform.Access.Role.Citizen, MorningDistrict.District, district.Mother),
            MorningDistrict.Booking(540, district.Child(2)), district.T, TestContext.Current.CancellationToken))
                .Refusal!.Code.ShouldBe("people.out_of_scope", "not a child of hers by record");
    }
}
