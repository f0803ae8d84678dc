using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.Messages.Contracts;
using Legwork.People.Citizen;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.People.Guardians;
using Legwork.People.Messages;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

public class MyMessagesTests
{
    private static readonly T Chinese = new(new Texts([typeof(PeopleModule).Assembly, typeof(Legwork.Messages.MessagesModule).Assembly],
        missingThrows: true), Language.Chinese);

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_asked_for_a_correction_is_told_of_the_answer_once_and_again_of_another(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tashi = district.FileOf("扎西次仁");
        var mine = district.Get<MyMessages>();
        await district.Get<AskCorrection>().Run(Citizen(tashi), tashi, "name", "扎次", "平时这样叫");
        (await Told(mine, tashi)).ShouldBeEmpty();
        await Answer(district, tashi, CaseEvents.Closed, CaseResults.CorrectionRefused, 3);
        (await district.Get<IMessages>().HandOver(Over)).ShouldBe(1);
        var told = (await Told(mine, tashi)).ShouldHaveSingleItem();
        (told.New, told.Text).ShouldBe((true, "您申请更正的“姓名”：未同意。详情请登录查看或到社区窗口询问。"));
        told.Ways.ShouldBe(["短信"]);
        var file = new DirectoryInfo(district.In("outgoing")).GetFiles("*-sms.csv").ShouldHaveSingleItem();
        var sent = await File.ReadAllTextAsync(file.FullName, Over);
        sent.ShouldContain("1390000000");
        district.Log().ShouldContain("messages.send message", "the machine's look at the telephone stands there too");

        district.Clock.Advance(TimeSpan.FromHours(1));
        await Answer(district, tashi, CaseEvents.Reopened, CaseResults.CorrectionRefused, 4);
        await Answer(district, tashi, CaseEvents.Closed, CaseResults.CorrectionAccepted, 5);
        await district.Get<IMessages>().HandOver(Over);
        (await Told(mine, tashi)).Count.ShouldBe(2);
        (await district.Get<IMessages>().HandOver(Over)).ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_child_is_told_by_way_of_whoever_a_clerk_recorded_and_the_dead_are_told_nothing(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (father, child, tsering) = (district.FileOf("扎西次仁"), district.FileOf("丹增"), district.FileOf("次仁"));
        await district.Get<RecordGuardian>().Run(SmallDistrict.Clerk(), child, new GuardianAsked(father, "parent", "household_book", "", null));
        await district.Get<StateValue>().Run(SmallDistrict.Clerk(), tsering, new Stating("died_on", "2026-11-01", "certificate", "", ""));
        var whom = new[] { child, tsering, new PersonId(Guid.CreateVersion7()) }.Select(PersonSubject.Of).ToList();
        var found = await district.Get<PersonRecipients>().Find(Actor.System, new Permission("messages.send", Role.Administrator), whom, "", Over);
        var (who, recipient) = found.ShouldHaveSingleItem();
        who.ShouldBe(PersonSubject.Of(child));
        (recipient.Name, recipient.Telephone.Length).ShouldBe(("扎西次仁", 11));
        district.LookedAt(father).ShouldBeGreaterThan(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_wish_is_kept_for_the_own_file_and_for_nobody_elses(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (tashi, drolma) = (district.FileOf("扎西次仁"), district.FileOf("卓玛"));
        var mine = district.Get<MyMessages>();
        (await mine.Keep(Citizen(tashi), null, ["letter"], "bo", Over)).Ok.ShouldBeTrue();
        var wish = (await mine.Show(Citizen(tashi), Chinese, null, Over)).Value.Wish;
        (string.Join(' ', wish.Off), wish.Language).ShouldBe(("call sms", "bo"));
        (await mine.Keep(Citizen(tashi), null, ["letter"], "klingon", Over)).Refusal!.Code.ShouldBe("people.messages.language");
        (await mine.Keep(Citizen(drolma), tashi, [], "bo", Over)).Refusal!.Code.ShouldBe("people.out_of_scope");
        (await mine.Show(Citizen(drolma), Chinese, tashi, Over)).Refusal!.Code.ShouldBe("people.out_of_scope");
    }

    private static async Task<IReadOnlyList<ToldMessage>> Told(MyMessages mine, PersonId person) =>
        (await mine.Show(Citizen(person), Chinese, null, Over)).Value.Told;

    private static Actor Citizen(PersonId person) => SmallDistrict.Of(Role.Citizen, SmallDistrict.District, "本人", person);

    private static async Task Answer(SmallDistrict district, PersonId person, string kind, string result, long version)
    {
        var asked = (await district.Get<MyFile>().Run(Citizen(person), null, Over)).Value.Corrections.ShouldHaveSingleItem();
        var line = (await district.Get<ICases>().Find(asked.Case!.Value, Over))!;
        var heard = new CaseResult(line.Id, line.Kind, line.Subject, line.Origin, line.Place, CaseStates.Closed, result, result,
            new Dictionary<string, string>(), [], Guid.CreateVersion7(), Guid.CreateVersion7(), version, district.Clock.GetUtcNow());
        await district.Store.Write(session => district.Get<Outbox>().Tell(session, kind, line.Subject, heard));
        await district.Get<Relay>().DeliverAll();
    }
}
