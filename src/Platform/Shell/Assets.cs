using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Legwork.Platform.Shell;

/// <summary>
/// The styles, scripts and icons that npm built and the assembly carries. Hashed names are served for a year as immutable; the
/// service worker and the icons keep their names and are asked about again.
/// </summary>
public sealed class Assets
{
    private const string Prefix = "web/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, byte[]> files;
    private readonly FrozenDictionary<string, string> names;

    /// <exception cref="InvalidOperationException">The assembly was built without its styles and scripts.</exception>
    public Assets()
    {
        var assembly = typeof(Assets).Assembly;
        files = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[Prefix.Length..], n => Bytes(assembly.GetManifestResourceStream(n)!));
        if (!files.TryGetValue("manifest.json", out var manifest))
            throw new InvalidOperationException("No styles and scripts inside: run npm ci and npm run build in src/Platform/web, then build again.");
        using var json = JsonDocument.Parse(manifest);
        names = json.RootElement.EnumerateObject()
            .Where(e => e.Value.TryGetProperty("src", out _))
            .ToFrozenDictionary(e => e.Value.GetProperty("src").GetString()!, e => e.Value.GetProperty("file").GetString()!);
    }

    /// <summary>Every address that a page without network needs: styles, scripts, icons.</summary>
    public IReadOnlyList<string> All =>
        [.. files.Keys.Where(n => Types.ContainsKey(Path.GetExtension(n)) && n != "sw.js").Order(StringComparer.Ordinal).Select(n => "/assets/" + n)];

    /// <summary>The address of a source file, <c>styles/legwork.css</c> or <c>islands/main.ts</c>.</summary>
    /// <exception cref="KeyNotFoundException">The build made no such file.</exception>
    public string Url(string source) => "/assets/" + names[source];

    /// <summary>The file as built, uncompressed; null when there is none of that name.</summary>
    public byte[]? Find(string name) => Types.ContainsKey(Path.GetExtension(name)) ? files.GetValueOrDefault(name) : null;

    internal IResult Serve(HttpContext context, string name)
    {
        if (Find(name) is not { } bytes) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = name.Contains('-') && !name.StartsWith("icon", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        foreach (var (encoding, extension) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            if (!Accepts(context, encoding) || !files.TryGetValue(name + extension, out var smaller)) continue;
            headers.ContentEncoding = encoding;
            bytes = smaller;
            break;
        }
        return Results.Bytes(bytes, Types[Path.GetExtension(name)]);
    }

    private static bool Accepts(HttpContext context, string encoding) =>
        context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == encoding && e.Quality != 0);

    private static byte[] Bytes(Stream stream)
    {
        using (stream)
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
