using System.Security.Cryptography;
using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Proofing;

/// <param name="Document">A code of <see cref="ProofCitizen.Documents"/>.</param>
/// <param name="FaceMatches">The person before the clerk is the one on the document.</param>
/// <param name="Number">The number as read from the document; must be the file's.</param>
internal sealed record ProofingAsked(string Document, bool FaceMatches, bool DocumentIsGenuine, string Number, string Note);

/// <summary>What is printed once and never shown again.</summary>
internal sealed record CitizenAccount(string SignIn, string Password, bool IsNew);

/// <summary>
/// The in-person step on which a citizen's sign-in rests: a clerk sees the person and the document, makes both checks, compares the number, and hands
/// over a password that must be changed at first use. Under fourteen, a guardian's link comes first (PIPL art. 31).
/// </summary>
internal sealed class ProofCitizen(Store store, NumberVault vault, DistrictLists lists, Accounts accounts, FileReading reading, Sensitive sensitive,
    PlatformPlaces places, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Documents = ["id_card", "temporary_id_card", "household_book", "passport"];

    private const string Purpose = "proofing";
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int PasswordLength = 12;

    /// <returns>Refusals: <c>people.proofing.*</c>, <c>people.not_found</c>, <c>people.out_of_scope</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<CitizenAccount>> Run(Actor actor, PersonId person, ProofingAsked asked)
    {
        var claimed = reading.Claim(actor, PeoplePermissions.Proof, Purpose);
        if (!claimed.Ok) return claimed.Refusal!;
        var checkedFirst = store.Read(session => Check(session, actor, person, asked));
        if (!checkedFirst.Ok) return checkedFirst.Refusal!;
        await reading.Log(actor, PeoplePermissions.Proof, claimed.Value, [person]);
        var password = RandomNumberGenerator.GetString(Letters, PasswordLength);
        return await store.Write<Outcome<CitizenAccount>>(session =>
        {
            var again = Check(session, actor, person, asked);
            if (!again.Ok) return again.Refusal!;
            var file = again.Value;
            var account = ExistingAccount(session, file);
            var opened = account is { } known ? Renew(session, actor, known, password) : Make(session, actor, file, password);
            if (!opened.Ok) return opened.Refusal!;
            session.Execute("""
                insert into people_proofing (file, document, checks, note, citizen, sign_in, account, actor, at)
                values (@Id, @Document, 'face,document,number', @Note, @citizen, @SignIn, @Account, @Name, @at)
                """,
                new
                {
                    file.Id,
                    asked.Document,
                    asked.Note,
                    citizen = opened.Value.Account,
                    opened.Value.SignIn,
                    actor.Account,
                    actor.Name,
                    at = clock.GetUtcNow()
                });
            return new CitizenAccount(opened.Value.SignIn, password, account is null);
        });
    }

    private Outcome<FileRow> Check(Session session, Actor actor, PersonId person, ProofingAsked asked)
    {
        var opened = FileRow.Open(session, actor, PeoplePermissions.Proof, person);
        if (!opened.Ok) return opened;
        if (opened.Value.IsMerged) return FileScope.NotFound;
        if (Refusal.All(
            Documents.Contains(asked.Document) ? null : Refusal.Of("people.proofing.document", "Say which document you have seen."),
            NumberInForce.Of(session, vault, lists, person) is { } number && number == ResidentNumber.Normalise(asked.Number) ? null
                : Refusal.Of("people.proofing.number", "The number on the document is not the number of this file."),
            asked.FaceMatches && asked.DocumentIsGenuine ? null
                : Refusal.Of("people.proofing.checks", "Both checks must hold before an account is opened.")) is { } wrong) return wrong;
        if (sensitive.IsChild(opened.Value.BirthDate, FileFacts.LocalDay(clock.GetUtcNow()))
            && GuardianLinks.Standing(session, person, FileFacts.LocalDay(clock.GetUtcNow())).Count == 0)
            return Refusal.Of("people.proofing.child", "A child under fourteen needs a guardian's link first.");
        return opened;
    }

    /// <summary>The account handed out at an earlier proofing of this person, whatever files it has been merged from.</summary>
    private static GivenAccount? ExistingAccount(Session session, FileRow file) => FileRow.AllIds(session, file.Id)
        .SelectMany(id => session.Query<GivenAccount>("select citizen as account, sign_in from people_proofing where file = @id order by id desc",
            new { id })).FirstOrDefault();

    private GivenAccount Renew(Session session, Actor actor, GivenAccount known, string password)
    {
        accounts.ResetPassword(session, known.Account, password, actor.Account);
        return known;
    }

    private Outcome<GivenAccount> Make(Session session, Actor actor, FileRow file, string password)
    {
        var signIn = "m" + RandomNumberGenerator.GetString("0123456789", 9);
        var made = accounts.Create(session, signIn, file.Name, password, file.Id.Value, mustChange: true);
        if (!made.Ok) return made.Refusal!;
        var district = Path.GetFileName(Path.TrimEndingDirectorySeparator(places.DistrictFolder));
        accounts.Give(session, made.Value, Role.Citizen, district, clock.Today(), null, actor.Account);
        return new GivenAccount(made.Value, signIn);
    }

    private sealed record GivenAccount(Guid Account, string SignIn);
}
