namespace Legwork.Linking.Tests;

public class PeopleModelTests
{
    private static readonly LinkModel Model = LinkModel.Load(Repository.In("rules/linking/people.yaml"));
    private static readonly string[] First = ["扎西", "次仁", "洛桑", "丹增", "格桑", "尼玛", "达瓦", "巴桑", "索朗", "普布", "旺堆", "强巴"];
    private static readonly string[] Second = ["多吉", "卓玛", "卓嘎", "央金", "拉姆", "曲珍", "顿珠", "坚赞", "平措", "旺姆", "德吉", "罗布"];

    [Fact]
    public void A_ledger_row_without_a_number_finds_its_person_among_the_household()
    {
        var (table, truth) = District(300);
        var ledger = table.Source("ledger");
        void Sure(string ledgerName, string sex, string year, string house, string person)
        {
            var record = table.Add(ledger, $"ledger of {person}", ledgerName, "", "", sex, year, "", "", house, "");
            truth.Add((record, person));
        }

        table.Add(table.Source("household"), "a", "扎西多吉", "", "", "male", "1970-05-06", "540102197005060019", "", "林廓路|900", "扎西多吉");
        table.Add(table.Source("household"), "b", "卓玛拉姆", "", "", "female", "1972-01-02", "540102197201020022", "", "林廓路|900", "扎西多吉");
        table.Add(table.Source("household"), "c", "卓嘎拉姆", "", "", "female", "1999-08-07", "540102199908070021", "", "林廓路|900", "扎西多吉");
        Sure("扎多", "male", "1970", "林廓路|900", "a");
        Sure("卓马拉姆", "female", "1972", "林廓路|900", "b");
        Sure("卓嘎", "female", "1999", "林廓路|900", "c");

        var result = new Linker(Model).Link(table);

        int Record(string id) => Enumerable.Range(0, table.Count).Single(r => table.IdOf(r) == id);
        foreach (var (record, person) in truth.Where(t => t.Person.Length == 1))
            result.Clusters[record].ShouldBe(result.Clusters[Record(person)], person);
        result.Clusters[Record("b")].ShouldNotBe(result.Clusters[Record("c")]);
    }

    [Fact]
    public void A_number_typed_onto_a_stranger_does_not_make_him_the_same_person()
    {
        var (table, _) = District(300);
        var household = table.Source("household");
        var right = table.Add(household, "right", "洛桑央金", "", "", "female", "1980-03-04", "540102198003040021", "", "林廓路|901", "");
        var wrong = table.Add(table.Source("roll"), "wrong", "旺堆罗布", "", "", "male", "1955-11-12", "540102198003040021", "", "林廓路|955", "");
        var slip = table.Add(table.Source("deaths"), "slip", "洛桑央金", "", "", "female", "", "540102198003040012", "", "", "");
        var result = new Linker(Model).Link(table);
        result.Clusters[wrong].ShouldNotBe(result.Clusters[right]);
        result.Clusters[slip].ShouldBe(result.Clusters[right]);
    }

    [Fact]
    public void A_newborn_called_after_its_parent_is_found_under_its_own_name()
    {
        var (table, _) = District(300);
        var birth = table.Add(table.Source("births"), "birth", "央金拉姆之女", "", "", "female", "2026-06-04", "", "", "林廓路|902", "央金拉姆");
        var child = table.Add(table.Source("household"), "child", "德吉卓嘎", "", "", "female", "2026-06-04",
            "540102202606040025", "", "林廓路|902", "央金拉姆");
        var mother = table.Add(table.Source("household"), "mother", "央金拉姆", "", "", "female", "1998-02-01",
            "540102199802010027", "", "林廓路|902", "央金拉姆");
        var result = new Linker(Model).Link(table);
        result.Clusters[birth].ShouldBe(result.Clusters[child]);
        result.Clusters[birth].ShouldNotBe(result.Clusters[mother]);
    }

    /// <summary>Invented people, each in the household register, the roll and the ledger, from whom weights can be learned.</summary>
    private static (RecordTable Table, List<(int Record, string Person)> Truth) District(int people)
    {
        var table = new RecordTable(["name", "former_name", "name_bo", "sex", "birth", "number", "phone", "dwelling", "head"]);
        var truth = new List<(int, string)>();
        var dice = 5UL;
        int Below(int n) => (int)((dice = StringPool.Mix(dice + 0x9E3779B97F4A7C15UL)) % (ulong)n);
        var head = "";
        for (var p = 0; p < people; p++)
        {
            var name = First[Below(First.Length)] + Second[Below(Second.Length)];
            if (p % 3 == 0) head = name;
            var sex = Below(2) == 0 ? "male" : "female";
            var birth = $"{1940 + Below(80)}-{1 + Below(12):00}-{1 + Below(28):00}";
            var number = $"540102{birth.Replace("-", "")}{Below(1000):000}1";
            var house = $"林廓路|{p / 3}";
            var phone = $"139{Below(100_000_000):00000000}";
            table.Add(table.Source("household"), $"h{p}", name, "", "", sex, birth, number, "", house, head);
            table.Add(table.Source("roll"), $"i{p}", name, "", "", sex, birth, number, phone, house, "");
            var ledgerName = Below(8) == 0 ? name[..2] : name;
            table.Add(table.Source("ledger"), $"l{p}", ledgerName, "", "", sex, birth[..4], "", Below(2) == 0 ? phone : "", house, head);
        }

        return (table, truth);
    }
}
