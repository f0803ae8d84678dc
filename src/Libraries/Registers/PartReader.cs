using System.Text;
using System.Xml;

namespace Legwork.Registers;

/// <summary>XML that is larger in some way than any list needs.</summary>
internal sealed class OutsizedXml(string what, int limit) : Exception
{
    public string What => what;

    public int Limit => limit;
}

/// <summary>
/// XML from outside, read forward within bounds on depth, elements, distinct names and the length of one tag or text. The framework's reader
/// has none of them: twenty million opening tags, 59 KB as a zip, took 9.8 GB, and its message repeated every one.
/// </summary>
internal sealed class PartReader : IDisposable
{
    private const int MaxDepth = 64;
    private const int MaxElements = 100_000_000;
    private const int MaxPieceChars = 1 << 18;

    private readonly XmlReader xml;
    private int elements;

    public PartReader(Stream stream)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
            NameTable = new FewNames(),
        };
        var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 14);
        xml = XmlReader.Create(new ShortPieces(text, MaxPieceChars), settings);
    }

    public XmlNodeType Node => xml.NodeType;

    public string Name => xml.LocalName;

    public int Depth => xml.Depth;

    public bool IsEmpty => xml.IsEmptyElement;

    public bool IsText => xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace;

    /// <summary>The attribute without a namespace; null without it.</summary>
    public string? this[string attribute] => xml.GetAttribute(attribute);

    public bool IsElement(string name) => xml.NodeType == XmlNodeType.Element && xml.LocalName == name;

    /// <summary>The attribute <c>id</c> that has a namespace: strict and transitional workbooks have different ones.</summary>
    public string RelationId()
    {
        var id = "";
        if (!xml.MoveToFirstAttribute()) return id;
        do
            if (xml is { LocalName: "id", Prefix.Length: > 0 }) id = xml.Value;
        while (xml.MoveToNextAttribute());
        xml.MoveToElement();
        return id;
    }

    public bool Read()
    {
        if (!xml.Read()) return false;
        if (xml.Depth > MaxDepth) throw new OutsizedXml("depth", MaxDepth);
        if (xml.NodeType == XmlNodeType.Element && ++elements > MaxElements) throw new OutsizedXml("elements", MaxElements);
        return true;
    }

    /// <summary>Adds the text that stands here to what is held, and no more of it than <paramref name="max"/> characters.</summary>
    public void Append(StringBuilder text, int max)
    {
        Span<char> piece = stackalloc char[0];
        var chars = new char[Math.Min(max, 1_024)];
        piece = chars;
        int read;
        while ((read = xml.ReadValueChunk(chars, 0, chars.Length)) > 0)
            if (text.Length < max) text.Append(piece[..Math.Min(read, max - text.Length)]);
    }

    public void Dispose() => xml.Dispose();

    /// <summary>Names are kept for ever, so only so many different ones are.</summary>
    private sealed class FewNames : XmlNameTable
    {
        private const int Max = 10_000;
        private readonly NameTable names = new();
        private int count;

        public override string Add(char[] array, int offset, int length) => names.Get(array, offset, length) ?? New(names.Add(array, offset, length));

        public override string Add(string array) => names.Get(array) ?? New(names.Add(array));

        public override string? Get(char[] array, int offset, int length) => names.Get(array, offset, length);

        public override string? Get(string array) => names.Get(array);

        private string New(string name) => ++count > Max ? throw new OutsizedXml("names", Max) : name;
    }

    /// <summary>Text in which no tag, comment, section or text between two tags is longer than so many characters.</summary>
    private sealed class ShortPieces(TextReader inner, int max) : TextReader
    {
        private State state;
        private int run;
        private char before;
        private char last;
        private char closes;

        private enum State
        {
            Text,
            Opened,
            Tag,
            Quoted,
            Marked,
            Special,
        }

        public override int Read(char[] buffer, int index, int count)
        {
            var read = inner.Read(buffer, index, count);
            Follow(buffer.AsSpan(index, read));
            return read;
        }

        public override int Read()
        {
            var c = inner.Read();
            if (c >= 0) Follow([(char)c]);
            return c;
        }

        public override int Peek() => inner.Peek();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        private void Follow(ReadOnlySpan<char> text)
        {
            while (!text.IsEmpty)
            {
                var stop = state switch
                {
                    State.Text => text.IndexOf('<'),
                    State.Tag => text.IndexOfAny('>', '"', '\''),
                    State.Quoted => text.IndexOf(closes),
                    State.Special => text.IndexOf('>'),
                    _ => 0,
                };
                var taken = stop < 0 ? text.Length : stop + 1;
                if ((run += taken) > max) throw new OutsizedXml("length", max);
                if (stop >= 0) Turn(text[stop], stop >= 2 ? text[stop - 2] : stop == 1 ? last : before, stop >= 1 ? text[stop - 1] : last);
                (before, last) = taken >= 2 ? (text[taken - 2], text[taken - 1]) : (last, text[0]);
                text = text[taken..];
            }
        }

        private void Turn(char c, char secondLast, char lastBefore)
        {
            switch (state)
            {
                case State.Text:
                    (state, run) = (State.Opened, 0);
                    break;
                case State.Opened:
                    state = c switch { '!' => State.Marked, '?' => State.Special, '>' => State.Text, _ => State.Tag };
                    closes = '?';
                    break;
                case State.Marked:
                    // <!-- ends with --, <![CDATA[ with ]]; anything else is a document type, which the reader refuses.
                    closes = c == '-' ? '-' : c == '[' ? ']' : '\0';
                    state = State.Special;
                    break;
                case State.Tag when c == '>':
                    (state, run) = (State.Text, 0);
                    break;
                case State.Tag:
                    (state, closes) = (State.Quoted, c);
                    break;
                case State.Quoted:
                    state = State.Tag;
                    break;
                case State.Special when closes == '\0' || (lastBefore == closes && (closes == '?' || secondLast == closes)):
                    (state, run) = (State.Text, 0);
                    break;
                default:
                    break;
            }
        }
    }
}
