using System.Text;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>A photo, a signature or a document, already sniffed and stripped (<see cref="EvidenceIntake"/>).</summary>
internal sealed record AddEvidence(StoredEvidence Piece, string Note) : CaseAct
{
    public const int PiecesMax = 12;
    public const long BytesPerCaseMax = 4 * 1024 * 1024;

    public override string Code => "evidence_added";

    public override CaseRight Right => CaseRight.Act;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckNote(Note) is { } refusal) return refusal;
        if (Piece.Kind == EvidenceKind.Attempts) return Refusal.Of("cases.evidence_kind", "Tries are counted, not added.");
        if (IsOwnName(setting.Worker.Name))
            return Refusal.Of("cases.evidence_own_name", "Whoever handles the case cannot sign for the person whom it is about.");
        if (@case.Evidence.Count >= PiecesMax || @case.EvidenceBytes + Piece.Bytes.Length > BytesPerCaseMax)
            return Refusal.Of("cases.evidence_too_large",
                $"A case holds at most {PiecesMax} pieces and {BytesPerCaseMax / 1024 / 1024} MB of evidence.");
        // Gathering evidence is handling: whoever did it cannot verify what it proves.
        var after = @case.HandledBy(setting.Worker) with
        {
            Evidence = [.. @case.Evidence, Piece.Kind],
            EvidenceBytes = @case.EvidenceBytes + Piece.Bytes.Length,
        };
        return Step(@case, after, Note, [CaseEvents.EvidenceAdded], ("kind", Words.Of(Piece.Kind)),
            ("evidence", Piece.Id.ToString()), ("sha256", Piece.Digest))
            with
        { Evidence = Piece };
    }

    /// <summary>A name typed instead of a signature proves nothing when it is that of whoever typed it; a namesake signs by hand.</summary>
    private bool IsOwnName(string worker) => Piece is { Kind: EvidenceKind.Signature, MediaType: EvidenceIntake.TypedName }
        && Bare(Encoding.UTF8.GetString(Piece.Bytes)).Equals(Bare(worker), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string name) => string.Concat(
        name.Normalize(NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter) && !char.IsPunctuation(letter)));
}
