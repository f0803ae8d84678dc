namespace Legwork.Places.Tests;

public class AddressParserTests
{
    [Theory]
    [InlineData("拉萨市城关区两岛街道太阳小区3区1栋2单元101室")]
    [InlineData("太阳小区3区1-2-101")]
    [InlineData("太阳小区３区１－２－１０１")]
    [InlineData("太阳小区三区一栋二单元一零一室")]
    [InlineData("太阳小区三区一栋二单元一〇一")]
    [InlineData("太阳小区3区1#2-101")]
    [InlineData("太阳小区3区1#楼2单元101")]
    [InlineData("太阳小区3区1幢2单元101室")]
    [InlineData("太阳小区3区1号楼2门101")]
    [InlineData("太阳小区3区1号楼2门101号")]
    [InlineData("太阳小区3区1号2单元101室")]
    [InlineData("太阳小区3区1棟2單元101號")]
    [InlineData("太阳小区3区 1 栋 2 单元 101 室")]
    [InlineData("太阳小区 3区 1 2 101")]
    [InlineData("太阳小区3区1栋2单元1楼101室")]
    [InlineData("太阳小区3区1栋2-101")]
    [InlineData("太阳小区3区1-2单元101室")]
    [InlineData("太阳小区3-1-2-101")]
    [InlineData("太阳小区3-1-2-101室")]
    [InlineData("太阳小区3区1一2一101")]
    [InlineData("太阳小区3区1/2/101")]
    [InlineData("太阳小区3区1、2、101")]
    [InlineData("太阳小区3区01栋02单元0101室")]
    [InlineData("太阳小区（3区）1栋2单元101室")]
    [InlineData("太阳小区3区1栋2单元101室（出租）")]
    [InlineData("太阳小区3区1栋2单元101室 扎西家")]
    [InlineData("太阳小区第3区第1栋2单元101户")]
    [InlineData("西藏自治区拉萨市城关区两岛街道办事处太阳小区3区1座2单元101房")]
    [InlineData("拉萨城关区两岛街道两岛东社区太阳小区3区1栋2单元101室")]
    [InlineData("两岛街道，太阳住宅小区3区1栋2单元101室")]
    [InlineData("北京中路56号太阳小区3区1栋2单元101室")]
    [InlineData("太阳小区3区壹栋贰单元101室")]
    public void One_flat_has_one_key_whoever_writes_it(string text) =>
        Chengguan.Parser.Parse(text).Key.ShouldBe("太阳小区3区1-2-101");

    [Theory]
    [InlineData("夺底村4组19户", "夺底村4组19户")]
    [InlineData("夺底村4组19号", "夺底村4组19户")]
    [InlineData("夺底村四组十九户", "夺底村4组19户")]
    [InlineData("夺底村4-19", "夺底村4组19户")]
    [InlineData("夺底村4组19#", "夺底村4组19户")]
    [InlineData("夺底村委会第4村民小组19户", "夺底村4组19户")]
    [InlineData("夺底村民委员会四社19号", "夺底村4组19户")]
    [InlineData("夺底街道夺底行政村4小组19", "夺底村4组19户")]
    [InlineData("夺底乡夺底村4组19户", "夺底村4组19户")]
    [InlineData("夺底村4组19-1户", "夺底村4组19户附1号")]
    [InlineData("夺底村4组19户附1号", "夺底村4组19户附1号")]
    [InlineData("扎细路56号", "扎细路56号")]
    [InlineData("扎细路56", "扎细路56号")]
    [InlineData("扎细路56#", "扎细路56号")]
    [InlineData("扎细路五十六号", "扎细路56号")]
    [InlineData("扎细路56号院", "扎细路56号")]
    [InlineData("扎细路56弄", "扎细路56号")]
    [InlineData("扎细路12弄5号", "扎细路12巷5号")]
    [InlineData("扎细路56-3号", "扎细路56号附3号")]
    [InlineData("扎细路56号-3", "扎细路56号附3号")]
    [InlineData("扎细路56号之3", "扎细路56号附3号")]
    [InlineData("扎细路56号附3号", "扎细路56号附3号")]
    [InlineData("扎细路56号3栋2单元301室", "扎细路56号3栋2单元301室")]
    [InlineData("扎细路56号院3-2-301", "扎细路56号3栋2单元301室")]
    [InlineData("拉萨市城关区金珠西路街道金珠西路路153号", "金珠西路路153号")]
    [InlineData("八一路3号", "八一路3号")]
    [InlineData("318国道56号", "318国道56号")]
    [InlineData("阳光花园二期A座1单元302", "阳光花园2期A-1-302")]
    [InlineData("阳光花园二期A-1-302", "阳光花园2期A-1-302")]
    [InlineData("太阳小区3栋1单元101-2室", "太阳小区3-1-101附2号")]
    [InlineData("太阳小区3-1-101-2", "太阳小区3-1-101附2号")]
    [InlineData("太阳小区东区3栋1单元302", "太阳小区东区3-1-302")]
    [InlineData("和平苑1栋302", "和平苑1栋302室")]
    [InlineData("和平苑12楼2门301", "和平苑12-2-301")]
    [InlineData("和平苑5号", "和平苑5号")]
    [InlineData("吉日东社区居委会", "吉日东社区")]
    [InlineData("阳光社区3栋1单元302", "阳光社区3-1-302")]
    [InlineData("三江花园五栋一单元三〇二", "三江花园5-1-302")]
    [InlineData("第三中学家属院2栋101", "第三中学家属院2栋101室")]
    [InlineData("和平苑1栋2单元3楼2号", "和平苑1-2-302")]
    [InlineData("和平苑1栋2单元5层2号", "和平苑1-2-502")]
    [InlineData("和平苑1栋2单元3楼302", "和平苑1-2-302")]
    [InlineData("和平苑1栋3楼12户", "和平苑1栋312室")]
    [InlineData("扎细路6号3楼2号", "扎细路6号302室")]
    [InlineData("扎细路6号三楼", "扎细路6号3层")]
    [InlineData("扎细路6号3层", "扎细路6号3层")]
    [InlineData("扎细路6号302室", "扎细路6号302室")]
    [InlineData("扎细路6号甲", "扎细路6甲号")]
    [InlineData("扎细路6甲号", "扎细路6甲号")]
    [InlineData("扎细路6号乙3楼2号", "扎细路6乙号302室")]
    [InlineData("扎细路6号B", "扎细路6B号")]
    [InlineData("扎细路No.71", "扎细路71号")]
    [InlineData("扎细路№71", "扎细路71号")]
    [InlineData("扎细路#71", "扎细路71号")]
    [InlineData("扎细路门牌71号", "扎细路71号")]
    public void Villages_roads_and_estates_read_by_their_own_rules(string text, string key) =>
        Chengguan.Parser.Parse(text).Key.ShouldBe(key);

    [Theory]
    [InlineData("四川省成都市锦江区某路1号")]
    [InlineData("成都市锦江区春熙路1号")]
    [InlineData("甘肃省兰州市城关区某路2号")]
    [InlineData("重庆市渝中区某路2号")]
    [InlineData("西藏日喀则市桑珠孜区某路2号")]
    [InlineData("拉萨市堆龙德庆区东嘎街道1号")]
    [InlineData("林周县甘丹曲果镇1组2户")]
    public void Another_districts_address_is_told_apart(string text)
    {
        var parsed = Chengguan.Parser.Parse(text);
        parsed.IsOutside.ShouldBeTrue();
        parsed.NamesADwelling.ShouldBeFalse();
    }

    [Theory]
    [InlineData("江苏路12号")]
    [InlineData("农贸市场小区3栋1单元302")]
    [InlineData("城市花园3栋1单元302")]
    [InlineData("和平苑1栋302")]
    public void A_name_that_only_sounds_foreign_is_ours(string text) =>
        Chengguan.Parser.Parse(text).IsOutside.ShouldBeFalse();

    [Theory]
    [InlineData("扎细路56号对面")]
    [InlineData("扎细路56号院内3号平房")]
    [InlineData("扎细路")]
    [InlineData("吉日东社区")]
    [InlineData("")]
    public void A_door_that_is_not_named_is_not_guessed(string text) =>
        Chengguan.Parser.Parse(text).NamesADwelling.ShouldBeFalse();

    [Fact]
    public void The_parts_are_named_as_a_clerk_names_them()
    {
        var parsed = Chengguan.Parser.Parse("西藏拉萨市城关区八廓街道办事处八廓东社区北京东路8号民族新村１区2幢1单元302室（租）");
        parsed.Street.ShouldBe("八廓街道");
        parsed.Community.ShouldBe("八廓东社区");
        parsed.Along.ShouldBe("北京东路8号");
        parsed.Name.ShouldBe("民族新村");
        (parsed.Zone, parsed.Building, parsed.Entrance, parsed.Room).ShouldBe(("1", "2", "1", "302"));
        parsed.Rest.ShouldBe("租");
        parsed.Form.ShouldBe("八廓街道民族新村1区2-1-302");
    }

    [Fact]
    public void Estates_with_like_names_stay_apart() =>
        new[] { "和平苑1-2-101", "和平大院1-2-101", "和平小区1-2-101" }
            .Select(text => Chengguan.Parser.Parse(text).Key).Distinct().Count().ShouldBe(3);
}
