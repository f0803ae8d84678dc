using System.Text;

namespace Legwork.Demo;

/// <summary>The encodings in which offices hand over their files; a byte that does not fit is an error, never a question mark.</summary>
public static class Charset
{
    static Charset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="name"><c>utf-8</c>, <c>utf-8-bom</c> or <c>gb18030</c>.</param>
    /// <exception cref="ArgumentException">Any other name.</exception>
    public static Encoding Of(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        "utf-8-bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        "gb18030" => Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        _ => throw new ArgumentException($"Not an encoding of the registers: {name}", nameof(name)),
    };
}
