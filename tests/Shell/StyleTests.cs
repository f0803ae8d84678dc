using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Legwork.Platform.Shell;

namespace Legwork.Shell.Tests;

public partial class StyleTests
{
    // It was 25 until the two bands came: in whose name one works, and that one practises.
    private const int StyleBytesMax = 26 * 1024;

    // It was 60 until a form without network kept what was typed, and an address that the network does not bring said where one is.
    private const int ScriptBytesMax = 61 * 1024;

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

    [Fact]
    public void The_steps_of_a_map_are_one_hue_and_each_stands_farther_from_the_paper_by_day_and_by_night()
    {
        foreach (var (look, paper) in File.ReadAllText(Repository.In("src/Platform/web/styles/tokens.css")).Split("@media")
            .Select(look => (look, Colour(look, "paper"))))
        {
            Faults(Enumerable.Range(0, 6).Select(step => look), paper).ShouldBeEmpty();
            Faults(Enumerable.Range(0, 6).Select(step => step == 2 ? "--step-2: #e5b76a;" : look), paper)
                .ShouldContain("hue of 2", "a planted ochre");
            Faults([look, .. Enumerable.Range(1, 5).Select(_ => look.Replace("--step-1", "--step-x").Replace("--step-0", "--step-1"))], paper)
                .ShouldContain("step 1", "a planted twin of the first");
        }

        static List<string> Faults(IEnumerable<string> looks, double paper)
        {
            var faults = new List<string>();
            var steps = looks.Select((look, step) => (Light: Colour(look, $"step-{step}"), Hue: Hue(look, $"step-{step}"))).ToList();
            for (var step = 0; step < steps.Count; step++)
            {
                if (Math.Abs(steps[step].Hue - steps[0].Hue) > 8) faults.Add($"hue of {step}");
                if (step > 0 && Ratio(steps[step].Light, paper) / Ratio(steps[step - 1].Light, paper) < 1.25) faults.Add($"step {step}");
            }
            if (Ratio(steps[5].Light, paper) < 7) faults.Add("the last on paper");
            return faults;
        }
    }

    private static double Hue(string css, string token)
    {
        var hex = Regex.Match(css, $"--{token}: #([0-9a-f]{{6}});").Groups[1].Value;
        double At(int at) => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return Math.Atan2(Math.Sqrt(3) * (At(2) - At(4)), 2 * At(0) - At(2) - At(4)) * 180 / Math.PI;
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
