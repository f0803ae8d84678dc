using System.Security.Cryptography;
using System.Text;
using Legwork.Yaml;

namespace Legwork.Messages.Channels;

/// <summary>
/// The ways that are set: gateways as <c>gateways.yaml</c> in the keys folder names them, since it holds their tokens; a file for every
/// other. A demonstration speaks to no gateway, whatever is set.
/// </summary>
internal sealed class Ways
{
    public const string FileName = "gateways.yaml";

    /// <summary>A key that could be guessed would let anybody say that nobody was reached.</summary>
    private const int KeyLengthMin = 24;

    private readonly Dictionary<string, IWay> ways;

    /// <summary>Digests, so that a comparison takes as long whatever was sent.</summary>
    private readonly List<(string Way, byte[] Digest)> reporting = [];

    private Ways(IEnumerable<IWay> ways) => this.ways = ways.ToDictionary(way => way.Code, StringComparer.Ordinal);

    public IWay this[string code] => ways[code];

    /// <summary>The way whose gateway reports with this key what became of its messages; null when none does.</summary>
    public string? ReportsBy(string key)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        string? found = null;
        foreach (var (way, known) in reporting)
            if (CryptographicOperations.FixedTimeEquals(digest, known)) found = way;
        return found;
    }

    /// <summary>A later way takes the place of an earlier one of its code.</summary>
    public static Ways Of(params IEnumerable<IWay> ways) => new(ways.GroupBy(way => way.Code).Select(same => same.Last()));

    /// <exception cref="YamlFault">The file is not what docs/how-to/messages.md describes.</exception>
    public static Ways Load(string keysFolder, string outgoing, bool demonstration, TimeProvider clock)
    {
        IWay File(string code) => new FileWay(code, outgoing, clock);
        var path = Path.Combine(keysFolder, FileName);
        if (demonstration || !System.IO.File.Exists(path))
            return Of(File(MessageRules.Sms), File(MessageRules.Email), new LetterWay(outgoing, clock, specimen: demonstration));
        var file = YamlNode.Load(path);
        file.Only("sms", "smtp");
        var (sms, smtp) = (file.Find("sms"), file.Find("smtp"));
        var set = Of(sms is null ? File(MessageRules.Sms) : Sms(sms, clock), smtp is null ? File(MessageRules.Email) : Smtp(smtp, clock),
            new LetterWay(outgoing, clock));
        set.TakeKey(MessageRules.Sms, sms);
        set.TakeKey(MessageRules.Email, smtp);
        return set;
    }

    private void TakeKey(string way, YamlNode? gateway)
    {
        if (gateway?.TextOrNone("receipts") is not { } key) return;
        if (key.Length < KeyLengthMin) throw gateway.Wrong("receipts", $"a key of at least {KeyLengthMin} signs belongs here");
        if (ReportsBy(key) is not null) throw gateway.Wrong("receipts", "each gateway has a key of its own");
        reporting.Add((way, SHA256.HashData(Encoding.UTF8.GetBytes(key))));
    }

    private static SmsGateway Sms(YamlNode sms, TimeProvider clock)
    {
        sms.Only("url", "token", "repeatable", "receipts");
        var url = Uri.TryCreate(sms.Text("url"), UriKind.Absolute, out var given) && given.Scheme is "https" or "http" ? given
            : throw sms.Wrong("url", "an address that begins with https:// belongs here");
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            Timeout = TimeSpan.FromSeconds(15),
        };
        return new SmsGateway(new SmsSettings(url, sms.Text("token"), sms.Flag("repeatable")), http, clock);
    }

    private static SmtpWay Smtp(YamlNode smtp, TimeProvider clock)
    {
        smtp.Only("host", "port", "tls", "from", "user", "password", "receipts");
        return new SmtpWay(new SmtpSettings(smtp.Text("host"), smtp.Number("port", 1, 65535), smtp.Flag("tls", otherwise: true), smtp.Text("from"),
            smtp.TextOrNone("user") ?? "", smtp.TextOrNone("password") ?? ""), clock);
    }
}
