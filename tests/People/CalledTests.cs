using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.People.Tests;

/// <summary>What offices write in Chinese is called in the reader's language.</summary>
public class CalledTests
{
    [Theory, InlineData(Engine.Sqlite)]
    public async Task Lists_provinces_and_fields_have_names_in_every_language_and_other_words_stay(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var texts = new Texts([typeof(PeopleModule).Assembly], missingThrows: true, [district.Get<ICalledWords>()]);
        var (english, tibetan, chinese) = (new T(texts, Language.English), new T(texts, Language.Tibetan), new T(texts, Language.Chinese));
        (english.Called("户籍人口"), english.Called("四川省"), english.Called("四川"),
            english.Called("联系电话")).ShouldBe(("Household register", "Sichuan", "Sichuan", english.Called("联系电话")));
        (chinese.Called("户籍人口"), chinese.Called("四川省")).ShouldBe(("户籍人口", "四川省"));
        english.Called("扎西").ShouldBe("扎西");
        foreach (var layout in LayoutBook.Load(Path.Combine(Repository.Root, "districts", "540102", "registers")).Value.Layouts)
        {
            english.Called(layout.Source).ShouldNotBe(layout.Source);
            tibetan.Called(layout.Source).ShouldNotBe(layout.Source);
        }
        foreach (var rule in district.Get<Files.Precedence>().All) english.Called(rule.NameIn("zh")).ShouldBe(rule.NameIn("en"));
    }
}
