namespace Legwork.Linking.Tests;

public class NameTests
{
    private static readonly VariantTable Tibetan = VariantTable.Load(Repository.In("rules/linking/tibetan-names.yaml"));

    [Theory]
    [InlineData("扎西多吉", "zha xi duo ji")]
    [InlineData("吕", "lu")]
    [InlineData("张·达瓦", "zhang da wa")]
    public void Pinyin_is_read_from_icu_without_tones(string name, string sounds) => Pinyin.Key(name).ShouldBe(sounds);

    [Fact]
    public void Folded_pinyin_joins_what_is_confused_by_ear_and_nothing_else()
    {
        Pinyin.Folded("张").ShouldBe(Pinyin.Folded("脏"));
        Pinyin.Folded("宁").ShouldBe(Pinyin.Folded("林"));
        Pinyin.Folded("尼玛").ShouldNotBe(Pinyin.Folded("达瓦"));
    }

    [Theory]
    [InlineData("次仁卓玛", "才仁卓马")]
    [InlineData("丹增", "旦增")]
    [InlineData("索朗多吉", "索南多杰")]
    public void Spellings_of_one_element_fold_to_one_key(string a, string b) => Tibetan.Fold(a).ShouldBe(Tibetan.Fold(b));

    [Theory]
    [InlineData("卓玛", "卓嘎")]
    [InlineData("达瓦", "达珍")]
    [InlineData("次仁卓玛", "次仁卓嘎")]
    [InlineData("尼玛", "尼珍")]
    [InlineData("拉姆", "拉珍")]
    public void Look_alikes_that_are_different_names_are_never_alike(string a, string b)
    {
        Tibetan.Fold(a).ShouldNotBe(Tibetan.Fold(b));
        new AlikeTest("name", 2, Tibetan).Points(a, b).ShouldBeGreaterThan(2);
        Tibetan.Like(a, b).ShouldBeFalse();
    }

    [Theory]
    [InlineData("扎西", "扎西多吉")]
    [InlineData("扎多", "扎西多吉")]
    [InlineData("才仁", "次仁德吉")]
    public void A_short_form_stands_in_the_full_name_in_order(string shortName, string name)
    {
        Tibetan.Like(shortName, name).ShouldBeTrue();
        Tibetan.Like(new string([.. shortName.Reverse()]), name).ShouldBeFalse();
    }

    [Fact]
    public void A_spelling_in_two_groups_is_refused_with_its_line()
    {
        const string yaml = """
            groups:
              - {key: a, spellings: [卓玛], confidence: D}
              - {key: b, spellings: [卓嘎, 卓玛], confidence: D}
            """;
        var refusal = Should.Throw<ModelException>(() => VariantTable.Parse(yaml, "names.yaml"));
        refusal.Line.ShouldBe(3);
        refusal.Message.ShouldContain("卓玛");
    }
}
