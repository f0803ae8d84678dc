using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace Legwork.Messages.Channels;

/// <summary>Letters as one PDF a batch, a page each, shaped so that Tibetan stacks as it must; whoever prints them posts them.</summary>
/// <param name="specimen">Every page says that it is none: letters of a demonstration or a practice copy are posted to nobody.</param>
internal sealed class LetterWay(string folder, TimeProvider clock, bool specimen = false) : IWay
{
    public const string Specimen = "样张 · SPECIMEN";

    // A4 in points, and the margin of an office's letter.
    private const float Width = 595, Height = 842, Margin = 71, Line = 22, Size = 13;
    private const int LinesMax = 28;

    public string Code => MessageRules.Letter;

    public bool Repeatable => true;

    public bool WritesFiles => true;

    public Task<IReadOnlyList<HandedOver>> Hand(string key, IReadOnlyList<Handing> batch, CancellationToken cancel)
    {
        var drawable = batch.ToLookup(one => Fonts.Parts(one.Name + one.To + one.Title + one.Text).All(part => part.Face is not null));
        return Task.FromResult<IReadOnlyList<HandedOver>>([.. drawable[false].Select(one => new HandedOver(one.Message, "refused", "font")),
            .. drawable[true].Any() ? OutgoingFile.Write(folder, $"{key}.pdf", [.. drawable[true]], clock.GetUtcNow(), Write) : []]);
    }

    private void Write(Stream file, IReadOnlyList<Handing> letters)
    {
        using var document = SKDocument.CreatePdf(file);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var faint = new SKPaint { Color = SKColors.Gray, IsAntialias = true };
        foreach (var letter in letters)
        {
            var page = document.BeginPage(Width, Height);
            var top = 0f;
            if (specimen) Draw(page, faint, Specimen, Size * 2, ref top);
            var y = Margin;
            Draw(page, ink, letter.Name, Size, ref y);
            foreach (var part in letter.To.Split('\n')) Draw(page, ink, part, Size, ref y);
            y += Line * 3;
            Draw(page, ink, letter.Title, Size + 4, ref y);
            y += Line;
            Draw(page, ink, letter.Text, Size, ref y);
            document.EndPage();
        }
        document.Close();
    }

    /// <summary>Lines are broken where the width ends: Chinese anywhere, Tibetan after a tsheg, English between words.</summary>
    private static void Draw(SKCanvas page, SKPaint ink, string text, float size, ref float y)
    {
        foreach (var line in Lines(text, part => Runs(part, size).Sum(run => run.Width)).Take(LinesMax))
        {
            var x = Margin;
            y += Line;
            foreach (var (part, face, wide) in Runs(line, size))
            {
                using var font = new SKFont(face, size);
                using var shaper = new SKShaper(face);
                page.DrawShapedText(shaper, part, x, y, SKTextAlign.Left, font, ink);
                x += wide;
            }
        }
    }

    /// <summary>The parts of a line that one font draws, with their widths.</summary>
    private static IEnumerable<(string Text, SKTypeface Face, float Width)> Runs(string line, float size)
    {
        foreach (var (text, face) in Fonts.Parts(line))
        {
            using var font = new SKFont(face!, size);
            using var shaper = new SKShaper(face!);
            yield return (text, face!, shaper.Shape(text, font).Width);
        }
    }

    public static IEnumerable<string> Lines(string text, Func<string, float> width)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var (from, end) = (0, 0);
            for (var at = 1; at <= paragraph.Length; at++)
            {
                if (at < paragraph.Length && !MayBreak(paragraph[at - 1], paragraph[at])) continue;
                if (end > from && width(paragraph[from..at]) > Width - 2 * Margin)
                {
                    yield return paragraph[from..end].TrimEnd();
                    from = end;
                }
                end = at;
            }
            yield return paragraph[from..].TrimEnd();
        }
    }

    private static bool MayBreak(char before, char after) => before is ' ' or '་' or '།' || !"。，、；：”".Contains(after)
        && (Fonts.IsHan(before) || Fonts.IsHan(after)) && !char.IsAsciiDigit(after);
}
