namespace Legwork.Linking.Tests;

public class ComparatorTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("martha", "marhta", 1)]
    [InlineData("ca", "abc", 3)] // optimal string alignment, not unrestricted Damerau
    [InlineData("次仁卓嘎", "才仁卓嘎", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void The_edit_distance_counts_swaps_of_neighbours_as_one(string a, string b, int edits)
    {
        EditDistance.Of(a, b).ShouldBe(edits);
        EditDistance.Of(b, a).ShouldBe(edits);
    }

    [Fact]
    public void Texts_beyond_one_machine_word_give_the_same_distance_as_short_ones()
    {
        var padding = new string('x', 70);
        EditDistance.Of(padding + "kitten", padding + "sitting").ShouldBe(3);
        EditDistance.Of(padding + "ab", padding + "ba").ShouldBe(1);
    }

    [Theory] // W. Winkler, "Overview of record linkage and current research directions" (2006), table 6
    [InlineData("shackleford", "shackelford", 0.970, 0.982)]
    [InlineData("dunningham", "cunnigham", 0.896, 0.896)]
    [InlineData("nichleson", "nichulson", 0.926, 0.956)]
    [InlineData("jones", "johnson", 0.790, 0.832)]
    [InlineData("massey", "massie", 0.889, 0.933)]
    [InlineData("jeraldine", "geraldine", 0.926, 0.926)]
    [InlineData("michelle", "michael", 0.869, 0.921)]
    [InlineData("dixon", "dickson", 0.790, 0.832)]
    public void Winklers_comparator_gives_the_published_values(string a, string b, double jaro, double winkler)
    {
        JaroWinkler.Jaro(a, b).ShouldBe(jaro, 0.0006);
        JaroWinkler.Of(a, b).ShouldBe(winkler, 0.0006);
        JaroWinkler.Of(b, a).ShouldBe(JaroWinkler.Of(a, b));
    }

    [Theory] // National Archives, "The Soundex Indexing System"
    [InlineData("Washington", "w252")]
    [InlineData("Lee", "l000")]
    [InlineData("Gutierrez", "g362")]
    [InlineData("Pfister", "p236")]
    [InlineData("Jackson", "j250")]
    [InlineData("Tymczak", "t522")]
    [InlineData("Ashcraft", "a261")]
    public void Soundex_gives_the_codes_of_the_national_archives(string name, string code) => Transforms.Soundex(name).ShouldBe(code);

    [Fact]
    public void Within_so_many_edits_says_what_the_distance_says()
    {
        var dice = 3UL;
        int Below(int n) => (int)((dice = StringPool.Mix(dice + 0x9E3779B97F4A7C15UL)) % (ulong)n);
        for (var i = 0; i < 20_000; i++)
        {
            var a = string.Concat(Enumerable.Range(0, Below(22)).Select(_ => (char)('0' + Below(3))));
            var b = a.ToList();
            for (var edits = Below(4); edits > 0 && b.Count > 1; edits--)
            {
                var at = Below(b.Count - 1);
                switch (Below(4))
                {
                    case 0: b[at] = (char)('0' + Below(3)); break;
                    case 1: b.RemoveAt(at); break;
                    case 2: b.Insert(at, (char)('0' + Below(3))); break;
                    default: (b[at], b[at + 1]) = (b[at + 1], b[at]); break;
                }
            }

            var text = string.Concat(b);
            var distance = ByTable(a, text);
            EditDistance.Of(a, text).ShouldBe(distance, $"{a} {text}");
            for (var most = 0; most < 4; most++) EditDistance.AtMost(a, text, most).ShouldBe(distance <= most, $"{a} {text}");
        }
    }

    /// <summary>Optimal string alignment by the plain table.</summary>
    private static int ByTable(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
