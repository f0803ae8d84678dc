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
}
