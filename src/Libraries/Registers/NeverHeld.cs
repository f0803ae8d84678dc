using System.Text;

namespace Legwork.Registers;

/// <summary>
/// Columns that the product must never hold, whatever a layout says: ethnicity, religion and biometrics (个人信息保护法 arts 6 and
/// 28: not necessary for what is done here, and sensitive). Such a column is dropped before a value leaves the reader.
/// </summary>
public static class NeverHeld
{
    // A part of a header is enough: 民族成份, 民族代码 and 是否少数民族 say the same thing as 民族.
    private static readonly string[] Parts =
    [
        "民族", "族别", "族称", "宗教", "信仰", "信教", "教派", "人脸", "指纹", "虹膜", "血型",
        "ethnic", "religio", "biometric", "fingerprint", "མི་རིགས", "ཆོས་ལུགས",
    ];

    public static bool Covers(string header)
    {
        var folded = Fold(header);
        return Array.Exists(Parts, part => folded.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A header as it is compared: compatibility forms unified, spaces, required-marks and bracketed hints gone.</summary>
    internal static string Fold(string header)
    {
        var text = header.IsNormalized(NormalizationForm.FormKC) ? header : header.Normalize(NormalizationForm.FormKC);
        var bracket = text.IndexOf('(');
        if (bracket > 0) text = text[..bracket];
        return string.Concat(Unseen.Without(text).ToString().Where(c => !Unseen.IsBlank(c) && c is not ('*' or ':')));
    }
}
