using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Legwork.Platform.Shell;

namespace Legwork.Shell.Tests;

public partial class StyleTests
{
    private const int StyleBytesMax = 25 * 1024;
    private const int ScriptBytesMax = 60 * 1024;

    private static readonly Assets Built = new();

    [Fact]
    public void The_stylesheet_is_small_and_fetches_nothing_from_elsewhere()
    {
        var style = Built.Find(Path.GetFileName(Built.Url("styles/legwork.css")))!;
        style.Length.ShouldBeLessThan(StyleBytesMax);
        Encoding.UTF8.GetString(style).ShouldNotMatch(@"url\(|@import|image-set");
    }

    [Fact]
    public void All_scripts_together_are_small_and_call_no_other_server()
    {
        var scripts = Built.All.Where(a => a.EndsWith(".js", StringComparison.Ordinal)).Select(a => Built.Find(Path.GetFileName(a))!).ToList();
        scripts.Sum(s => s.Length).ShouldBeLessThan(ScriptBytesMax);
        foreach (var script in scripts) ExternalAddress().Matches(Encoding.UTF8.GetString(script)).Select(m => m.Value).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ink", "wall", 7)]
    [InlineData("ink", "paper", 7)]
    [InlineData("ink-soft", "wall", 4.5)]
    [InlineData("ink-soft", "paper", 4.5)]
    [InlineData("sky", "wall", 4.5)]
    [InlineData("sky", "sky-wash", 4.5)]
    [InlineData("on-sky", "sky", 4.5)]
    [InlineData("on-danger", "danger", 4.5)]
    [InlineData("frieze-ink", "frieze", 7)]
    [InlineData("good", "good-wash", 4.5)]
    [InlineData("warn", "warn-wash", 4.5)]
    [InlineData("danger", "danger-wash", 4.5)]
    [InlineData("danger", "wall", 4.5)]
    [InlineData("line-strong", "paper", 3)]
    [InlineData("line-strong", "wall", 3)]
    [InlineData("trim", "wall", 3)]
    public void Colours_that_stand_on_each_other_can_be_told_apart_by_day_and_by_night(string over, string under, double ratioMin)
    {
        var tokens = File.ReadAllText(Repository.In("src/Platform/web/styles/tokens.css")).Split("@media");
        foreach (var look in tokens) Ratio(Colour(look, over), Colour(look, under)).ShouldBeGreaterThanOrEqualTo(ratioMin, $"{over} on {under}");
        tokens.Length.ShouldBe(2);
    }

    // WCAG 2.2, relative luminance and contrast ratio.
    private static double Ratio(double a, double b) => (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);

    private static double Colour(string css, string token)
    {
        var hex = Regex.Match(css, $"--{token}: #([0-9a-f]{{6}});").Groups[1].Value;
        double Channel(int at)
        {
            var c = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);
    }

    [GeneratedRegex(@"https?://(?!www\.w3\.org/)[^\s'""`)]+")]
    private static partial Regex ExternalAddress();
}
