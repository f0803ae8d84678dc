using Legwork.Kernel;
using Legwork.Messages.Contracts;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Messages;

/// <param name="Kept">The wish was saved a moment ago.</param>
internal sealed record MyMessagesModel(MyMessagesShown Shown, string Address, bool Kept, FormErrors? Errors = null);

internal sealed record MyMessagesShown(FileRow File, IReadOnlyList<ToldMessage> Told, Wish Wish);

internal static class MessagesServices
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<PersonRecipients>()
        .AddSingleton(new RecipientOwner(PersonSubject.Prefix, provider => provider.GetRequiredService<PersonRecipients>()))
        .AddSingleton<MyMessages>()
        .AddSingleton(MessagesBench.Bench)
        .AddSingleton(new WorkWaiting("people.messages.title", 20, PeoplePermissions.OwnFile, Waiting))
        .AddSingleton(new FileLink("people.messages.link", "/messages", PeoplePermissions.OwnFile, ForCitizens: true));

    /// <summary>What a person has not read of what was told.</summary>
    private static async Task<WaitingNow> Waiting(IServiceProvider services, Actor actor, CancellationToken cancel)
    {
        var t = services.GetRequiredService<T>();
        var count = await services.GetRequiredService<MyMessages>().Unread(actor, cancel);
        return new WaitingNow([new Choice("/me/messages", t["people.messages.unread"], t.Number(count))],
            count > 0 ? new Crumb(t["people.messages.read"], "/me/messages") : null, []);
    }
}

/// <summary>What a person was told, and how the person wishes to be told; of the own file or of someone in one's care.</summary>
internal sealed class MyMessages(Store store, OwnFile mine, IEnumerable<IMessages> messages, FileReading reading)
{
    /// <summary>Ways that a person may do without; what stands on the own page stays there.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["sms", "letter", "call"];

    /// <returns>Refusals: <c>people.out_of_scope</c>, <c>people.not_found</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<MyMessagesShown>> Show(Actor actor, T t, PersonId? person, CancellationToken cancel)
    {
        var open = await Open(actor, person, cancel);
        if (!open.Ok) return open.Refusal!;
        var file = open.Value;
        var claimed = reading.Claim(actor, PeoplePermissions.OwnFile, await mine.IsOwn(actor, file.Id, cancel) ? "own_file" : "guardianship");
        if (!claimed.Ok) return claimed.Refusal!;
        await reading.Log(actor, PeoplePermissions.OwnFile, claimed.Value, [file.Id]);
        var whom = await store.ReadAsync(session => FileRow.AllIdsAsync(session, file.Id), cancel);
        if (messages.FirstOrDefault() is not { } book) return new MyMessagesShown(file, [], new Wish([], Language.Chinese.Tag));
        return new MyMessagesShown(file, await book.Show(t, [.. whom.Select(PersonSubject.Of)], cancel),
            await book.WishOf(PersonSubject.Of(file.Id), cancel));
    }

    public async Task<int> Unread(Actor actor, CancellationToken cancel)
    {
        if (messages.FirstOrDefault() is not { } book || OwnFile.IdOf(actor) is not { } own) return 0;
        var ids = await store.ReadAsync(session => FileRow.AllIdsAsync(session, own), cancel);
        return await book.Unread([.. ids.Select(PersonSubject.Of)], cancel);
    }

    /// <param name="by">Ways by which the person wishes to be told; others are left off.</param>
    public async Task<Outcome<Done>> Keep(Actor actor, PersonId? person, IReadOnlyCollection<string> by, string language, CancellationToken cancel)
    {
        var open = await Open(actor, person, cancel);
        if (!open.Ok) return open.Refusal!;
        if (Language.Find(language) is not { } known) return Refusal.Of("people.messages.language", "Choose one of the three languages.");
        if (messages.FirstOrDefault() is { } book)
            await book.Keep(PersonSubject.Of(open.Value.Id), new Wish([.. Ways.Except(by)], known.Tag));
        return Done.It;
    }

    private async Task<Outcome<FileRow>> Open(Actor actor, PersonId? person, CancellationToken cancel)
    {
        if ((person ?? OwnFile.IdOf(actor)) is not { } asked) return FileScope.NotFound;
        if (!await mine.MayRead(actor, asked, cancel)) return FileScope.OutOfScope;
        return await store.ReadAsync(session => FileRow.CurrentAsync(session, asked), cancel) is { } file ? file : FileScope.NotFound;
    }
}

internal static class MyMessagesRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/messages", (HttpContext http, MyMessages mine, T t, string? kept) => Page(http, mine, t, null, kept))
            .Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/messages", (HttpContext http, MyMessages mine, T t) => Keep(http, mine, t, null)).Requires(PeoplePermissions.OwnFile);
        routes.MapGet("/me/people/{id:guid}/messages",
            (HttpContext http, MyMessages mine, T t, Guid id, string? kept) => Page(http, mine, t, id, kept)).Requires(PeoplePermissions.OwnFile);
        routes.MapPost("/me/people/{id:guid}/messages", (HttpContext http, MyMessages mine, T t, Guid id) => Keep(http, mine, t, id))
            .Requires(PeoplePermissions.OwnFile);
    }

    private static async Task<IResult> Page(HttpContext http, MyMessages mine, T t, Guid? id, string? kept)
    {
        var shown = await mine.Show(http.Actor(), t, Person(id), http.RequestAborted);
        return shown.Ok ? ModelPage.Drawn<MyMessagesPage>(new MyMessagesModel(shown.Value, Address(id), kept == "yes")) : shown.Refusal!.ToResult();
    }

    private static async Task<IResult> Keep(HttpContext http, MyMessages mine, T t, Guid? id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        List<string> by = [.. form["by"].Select(way => way ?? "")];
        var kept = await mine.Keep(http.Actor(), Person(id), by, form["language"].ToString(), http.RequestAborted);
        if (kept.Ok) return Results.LocalRedirect(Address(id) + "/messages?kept=yes");
        var shown = await mine.Show(http.Actor(), t, Person(id), http.RequestAborted);
        if (!shown.Ok) return kept.Refusal!.ToResult();
        var typed = shown.Value with { Wish = new Wish([.. MyMessages.Ways.Except(by)], "") };
        return ModelPage.Drawn<MyMessagesPage>(new MyMessagesModel(typed, Address(id), Kept: false,
            FormErrors.Of(t, "language", kept.Refusal!)), Refusals.StatusOf(kept.Refusal!));
    }

    private static PersonId? Person(Guid? id) => id is { } person ? new PersonId(person) : null;

    private static string Address(Guid? id) => id is { } person ? $"/me/people/{person}" : "/me";
}
