using System.Text.RegularExpressions;

namespace Legwork.Shell.Tests.Lint;

/// <summary>A word written straight into a page's markup.</summary>
public sealed record LiteralWord(int Line, string Word);

/// <summary>
/// Finds words that stand in a .razor file instead of in a text: between tags, in attributes that people read or hear, and Chinese or
/// Tibetan anywhere. Knows enough of Razor for that and no more: expressions, code blocks, control statements, comments.
/// </summary>
public sealed partial class RazorWords
{
    private static readonly HashSet<string> Read = new(StringComparer.OrdinalIgnoreCase)
        {
            "title",
            "alt",
            "placeholder",
            "aria-label",
            "label",
            "hint",
            "text",
            "caption",
            "header",
            "above",
            "yes",
            "question",
            "error",
            "change",
            "printline"
        };

    private static readonly HashSet<string> Void = ["input", "meta", "link", "br", "img", "hr"];

    private readonly string source;
    private readonly List<LiteralWord> found = [];
    private readonly Stack<int> blocks = new();
    private int at;
    private int depth;

    private RazorWords(string source) => this.source = source;

    public static IReadOnlyList<LiteralWord> In(string razor)
    {
        var bare = WithoutCode(Blank(Comments(), razor), out var code);
        var words = new RazorWords(bare);
        words.Scan();
        words.found.AddRange(Foreign().Matches(code).Select(m => new LiteralWord(LineOf(code, m.Index), m.Value)));
        return words.found;
    }

    private void Scan()
    {
        while (at < source.Length)
        {
            var inCode = blocks.Count > 0 && blocks.Peek() == depth;
            var c = source[at];
            if (c == '@') Expression();
            else if (c == '<' && TagAhead(inCode)) Tag();
            else if (inCode) Code(c);
            else if (c == '}' && blocks.Count > 0 && depth < blocks.Peek()) at++;
            else Text();
        }
    }

    private bool TagAhead(bool inCode) =>
        at + 1 < source.Length && (char.IsAsciiLetter(source[at + 1]) || source[at + 1] is '/' or '!')
        && (!inCode || at == 0 || source[at - 1] is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9'));

    private void Code(char c)
    {
        if (c == '"') Quoted();
        else
        {
            if (c == '{') blocks.Push(depth);
            if (c == '}') blocks.Pop();
            at++;
            if (c == '}') Else();
        }
    }

    // What follows a block that closed: else and else if go on with code, anything else is markup again.
    private void Else()
    {
        if (ElseAhead().Match(source, at) is not { Success: true } ahead) return;
        at += ahead.Length;
        if (at < source.Length && source[at] == '(') Balanced('(', ')');
        while (at < source.Length && source[at] != '{') at++;
        if (at < source.Length) blocks.Push(Advance());
    }

    private void Text()
    {
        var start = at;
        while (at < source.Length && source[at] is not ('<' or '@' or '}')) at++;
        if (at < source.Length && source[at] == '}' && blocks.Count == 0) at++;
        if (at == start) at++;
        Judge(source[start..at], start);
    }

    private void Tag()
    {
        var start = at;
        var closing = source[at + 1] == '/';
        at += closing ? 2 : 1;
        var name = Word();
        if (source[start + 1] == '!') at = source.IndexOf('>', start);
        while (at < source.Length && source[at] != '>')
        {
            if (source[at] == '@') Expression();
            else if (char.IsAsciiLetter(source[at]) || source[at] is '_' or ':') Attribute();
            else at++;
        }
        var selfClosing = at > 0 && source[at - 1] == '/';
        at++;
        if (source[start + 1] == '!') return;
        if (closing) depth--;
        else if (!selfClosing && !Void.Contains(name)) depth++;
    }

    private void Attribute()
    {
        var name = Word();
        if (at >= source.Length || source[at] != '=') return;
        at++;
        if (at >= source.Length || source[at] != '"') return;
        var start = ++at;
        while (at < source.Length && source[at] != '"')
        {
            var from = at;
            if (source[at] == '@') Expression();
            else
            {
                while (at < source.Length && source[at] is not ('@' or '"')) at++;
                // A component's parameter of text may hold plain C#; a lone identifier is one, a sentence is not.
                if (Read.Contains(name) && !(from == start && source[at] == '"' && Identifier().IsMatch(source[from..at])))
                    Judge(source[from..at], from);
            }
        }
        at++;
    }

    private void Expression()
    {
        at++;
        if (at >= source.Length) return;
        if (source[at] is '@') at++;
        else if (source[at] == '(') Balanced('(', ')');
        else if (source[at] == '{') blocks.Push(Advance());
        else
        {
            var word = Word();
            if (word is "inject" or "using" or "typeparam" or "attribute" or "namespace" or "inherits" or "implements" or "layout" or "page") Line();
            else if (word is "if" or "foreach" or "for" or "while" or "switch")
            {
                while (source[at] != '(') at++;
                Balanced('(', ')');
                while (at < source.Length && char.IsWhiteSpace(source[at])) at++;
                if (at < source.Length && source[at] == '{') blocks.Push(Advance());
            }
            else Chain();
        }
    }

    private int Advance()
    {
        at++;
        return depth;
    }

    private void Chain()
    {
        while (at < source.Length)
        {
            if (source[at] == '[') Balanced('[', ']');
            else if (source[at] == '(') Balanced('(', ')');
            else if (source[at] == '.' && at + 1 < source.Length && char.IsLetter(source[at + 1])
                || source[at] is '?' && at + 1 < source.Length && source[at + 1] == '.')
            {
                at++;
                Word();
            }
            else return;
        }
    }

    private void Balanced(char open, char close)
    {
        var nested = 0;
        while (at < source.Length)
        {
            if (source[at] == '"')
            {
                Quoted();
                continue;
            }
            if (source[at] == open) nested++;
            if (source[at] == close && --nested == 0)
            {
                at++;
                return;
            }
            at++;
        }
    }

    private void Quoted()
    {
        at++;
        while (at < source.Length && source[at] is not ('"' or '\n')) at += source[at] == '\\' ? 2 : 1;
        at++;
    }

    private void Line()
    {
        while (at < source.Length && source[at] != '\n') at++;
    }

    private string Word()
    {
        var start = at;
        while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] is '-' or '_' or ':')) at++;
        return source[start..at];
    }

    private void Judge(string text, int index)
    {
        var words = Entities().Replace(text, " ").Trim();
        if (words.Any(char.IsLetter)) found.Add(new LiteralWord(LineOf(source, index), words));
    }

    private static string WithoutCode(string razor, out string code)
    {
        var start = razor.IndexOf("@code", StringComparison.Ordinal);
        if (start < 0)
        {
            code = "";
            return razor;
        }
        code = Blank(CodeComments(), new string('\n', LineOf(razor, start) - 1) + razor[start..]);
        return razor[..start];
    }

    // Blanked, not cut: line numbers stay true.
    private static string Blank(Regex what, string text) => what.Replace(text, m => new string([.. m.Value.Select(c => c == '\n' ? '\n' : ' ')]));

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"\G\s*else\b\s*(if\s*)?")]
    private static partial Regex ElseAhead();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex CodeComments();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsTibetan}]+")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"&[a-zA-Z#0-9]+;")]
    private static partial Regex Entities();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+$|^[a-z][a-z0-9_]*$")]
    private static partial Regex Identifier();
}
