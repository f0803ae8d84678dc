using Legwork.Places.Addresses;

namespace Legwork.Places.Tests;

/// <summary>Texts that nobody thought of: pieces of addresses in any order, and characters of any kind.</summary>
public class AnyTextTests
{
    private const int Texts = 30_000;

    private static readonly string[] Above = ["", "", "拉萨市城关区", "西藏自治区拉萨市", "拉萨市城关区两岛街道", "两岛街道办事处", "夺底乡", "两岛街道两岛东社区", "城关区，"];

    private static readonly string[] Names = ["太阳小区", "和平苑", "两岛路", "夺底村", "八一路", "318国道", "第三中学家属院", "夺底村委会", "金珠西路路", "阳光花园小区", "北京中路56号太阳小区"];

    private static readonly string[] Doors =
    [
        "3区", "三区", "二期", "东区", "A座", "1栋", "一幢", "1号楼", "01栋", "2单元", "二单元", "2门", "101室", "一〇一室", "101", "1-2-101", "1#2-101", "-301室", "3楼",
        "4组", "四组", "第4村民小组", "19户", "56号", "56号院", "５６号", "12弄", "12巷", "附3号", "之3号", "-3号",
    ];

    private static readonly string[] Pieces =
    [
        .. Above, .. Names, .. Doors, "第", "三", "区", "栋", "单元", "室", "号", "组", "户", "#", "-", "一", " ", "附", "院内", "旁", "（租）", "(", "）", "对面",
        "四川省", "成都市锦江区", "林周县", "网格", "\u200b", "ཁང་པ།", "𠮷", "～", "、", "梯", "两岛东社区", "家属院",
    ];

    [Fact]
    public void A_key_parsed_again_is_the_same_key()
    {
        foreach (var text in Addresses(seed: 1))
        {
            var key = Chengguan.Parser.Parse(text).Key;
            Chengguan.Parser.Parse(key).Key.ShouldBe(key, text);
        }
    }

    [Fact]
    public void Spaces_width_and_remarks_never_change_a_key()
    {
        foreach (var text in Addresses(seed: 2).Where(text => !text.Contains(' ')))
        {
            var key = Chengguan.Parser.Parse(text).Key;
            if (key.Length == 0) continue;
            Chengguan.Parser.Parse("\u3000" + text + "（备注：三轮车101）").Key.ShouldBe(key, text);
            Chengguan.Parser.Parse(string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c))).Key.ShouldBe(key, text);
        }
    }

    [Fact]
    public void No_text_makes_the_book_fail()
    {
        var book = SmallDistrict.Book(new Lesson("向阳院3区1-2-101", "", SmallDistrict.Homes[0].Dwelling.Id, null));
        var random = new Random(3);
        foreach (var text in Some(seed: 3))
        {
            book.Resolve(text, text).Key.ShouldNotBeNull();
            var noise = new string([.. Enumerable.Range(0, random.Next(300)).Select(_ => (char)random.Next(char.MaxValue + 1))]);
            book.Resolve(noise).Dwelling.ShouldBeNull();
        }
        book.Resolve(new string('3', 5000)).Dwelling.ShouldBeNull();
        book.Resolve(string.Concat(Enumerable.Repeat("太阳小区3区1-2-101", 50))).Key.ShouldNotBeNull();
    }

    /// <summary>Places above, a name, and pieces of doors in any order.</summary>
    private static IEnumerable<string> Addresses(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Texts; i++)
            yield return One(Above) + One(Names) + string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => One(Doors)));

        string One(string[] of) => of[random.Next(of.Length)];
    }

    private static IEnumerable<string> Some(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Texts; i++)
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
    }
}
