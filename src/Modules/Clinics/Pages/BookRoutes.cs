using System.Globalization;
using Legwork.Clinics.Booking;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Clinics.Pages;

/// <summary>A parent books, one question a page: who comes, where, on which day, when and what.</summary>
internal static class BookRoutes
{
    private const int ChosenMax = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/me/clinic").DisableAntiforgery().Requires(ClinicsPermissions.Book);
        mine.MapGet("", async (HttpContext http, MyVisits visits, string? done) =>
            (await visits.Of(http.Actor(), http.RequestAborted)).Match<IResult>(
            found => ModelPage.Drawn<MyClinicPage>(new MyClinicModel(found.Children, found.Visits, done is "booked" or "cancelled" ? done : null)),
            refusal => refusal.ToResult()));
        mine.MapGet("/book", (HttpContext http, CancellationToken _) =>
            Ask(http, Given(http.Request.Query.ToDictionary(one => one.Key, one => one.Value.OfType<string>().ToArray())), null));
        mine.MapPost("/book", Book);
        mine.MapPost("/{id:guid}/cancel", async (HttpContext http, MyVisits visits, Guid id) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return (await visits.Cancel(http.Actor(), id, FormText.Cut(form["reason"].ToString(), 500)))
                .Match(_ => Results.LocalRedirect("/me/clinic?done=cancelled"), refusal => refusal.ToResult());
        });
    }

    private static async Task<IResult> Ask(HttpContext http, IReadOnlyDictionary<string, IReadOnlyList<string>> said,
        FormErrors? errors, int status = 200)
    {
        var (services, cancel, actor) = (http.RequestServices, http.RequestAborted, http.Actor());
        var (clinics, offer, doses) = (services.GetRequiredService<Clinics>(),
            services.GetRequiredService<OfferPlaces>(), services.GetRequiredService<IDoseBook>());
        var (t, clock) = (services.GetRequiredService<T>(), services.GetRequiredService<TimeProvider>());
        // The programme ends at eighteen: grown-ups are booked at the counter.
        var adults = clock.Today().AddYears(-ClinicRoutes.YearsMax);
        var children = (await services.GetRequiredService<IPersonCards>().InCare(actor, cancel))
            .Where(card => !card.Birth.IsKnown || card.Birth.Latest > adults).ToList();
        var chosen = Persons(said).Where(id => children.Any(card => card.Id == id)).Distinct().ToList();
        var clinic = chosen.Count == 0 ? null : clinics.Find(One(said, "clinic"));
        var days = clinic is null ? [] : await offer.Days(clinic, chosen.Count, byParent: true, cancel);
        var day = Day(said) is { } asked && days.Any(one => one.Day == asked) ? asked : (DateOnly?)null;
        var known = new List<(PersonCard, ChildDoses)>();
        if (day is { } on)
            foreach (var id in chosen)
            {
                var opened = await doses.Own(actor, id, on, t, cancel);
                if (!opened.Ok) return opened.Refusal!.ToResult();
                known.Add((opened.Value.Child, opened.Value));
            }
        return ModelPage.Drawn<BookPage>(new BookModel(children, chosen, [.. clinics.All], clinic, days, day,
            day is null ? [] : await offer.Slots(clinic!, day.Value, chosen.Count, cancel), known, doses.Vaccines(day ?? clock.Today()),
            clinic is null ? new HashSet<string>() : await offer.InStock(clinic, cancel), clinics.Rules.Booking, said, errors), status);
    }

    private static async Task<IResult> Book(HttpContext http, BookVisits book, T t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var said = Given(form.ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray()));
        var asked = new BookingAsked(One(said, "clinic"), Day(said) ?? default,
            int.TryParse(One(said, "minute"), NumberStyles.None, CultureInfo.InvariantCulture, out var minute) ? minute : -1,
            [.. Persons(said).Distinct().Select(id => new ChildAsked(id, [.. (said.GetValueOrDefault("product-" + id.Value) ?? []).Distinct()]))],
            One(said, "telephone"));
        var done = await book.ByParent(http.Actor(), asked, t, http.RequestAborted);
        if (done.Ok) return Results.LocalRedirect("/me/clinic?done=booked");
        return await Ask(http, said, new FormErrors().Add(FieldOf(done.Refusal!.Code, asked), t[done.Refusal]), Refusals.StatusOf(done.Refusal!));
    }

    private static string FieldOf(string code, BookingAsked asked) => code switch
    {
        "clinics.telephone" => "telephone",
        "clinics.full" or "clinics.no_session" => "minute",
        "clinics.day_closed" => "day",
        "clinics.unknown" => "clinic",
        "clinics.nobody" or "clinics.too_many" or "clinics.twice" or "clinics.booked_already" => "child",
        _ => asked.Children is [var first, ..] ? "product-" + first.Person.Value : "child",
    };

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Given(Dictionary<string, string[]> fields) =>
        fields.ToDictionary(field => field.Key, field => (IReadOnlyList<string>)[.. field.Value.Where(value => value.Length <= 64).Take(ChosenMax)],
            StringComparer.Ordinal);

    private static string One(IReadOnlyDictionary<string, IReadOnlyList<string>> said, string name) =>
        said.GetValueOrDefault(name) is [var first, ..] ? first.Trim() : "";

    private static IEnumerable<PersonId> Persons(IReadOnlyDictionary<string, IReadOnlyList<string>> said) =>
        (said.GetValueOrDefault("child") ?? []).Select(text => Guid.TryParse(text, out var id) ? new PersonId(id) : (PersonId?)null)
            .OfType<PersonId>();

    private static DateOnly? Day(IReadOnlyDictionary<string, IReadOnlyList<string>> said) =>
        DateOnly.TryParseExact(One(said, "day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
