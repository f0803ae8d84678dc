using Legwork.Kernel;

namespace Legwork.People.Files;

/// <summary>One source saying one value.</summary>
/// <param name="Version">The row that says it, or null when it is a statement.</param>
/// <param name="Since">True since; unknown when no source tells.</param>
/// <param name="Rank">Place of the source in the order of trust; lower is trusted more.</param>
/// <param name="Gone">The row has left its list since.</param>
/// <param name="Overtaken">A statement whose row has said something new since.</param>
internal sealed record Claim(string Value, RowVersion? Version, Statement? Statement, VagueDate Since,
    DateTimeOffset LearnedAt, int Rank, bool Gone, bool Overtaken)
{
    public long Lineage => Version?.Lineage ?? Statement!.Lineage;

    public string Source => Version?.Source ?? SourceRule.Statement;
}

/// <summary>A value with everyone who says it; the first claim is the most trusted.</summary>
internal sealed record HeldValue(string Value, IReadOnlyList<Claim> Claims);

/// <summary>Why the value in force is in force.</summary>
internal enum Because
{
    /// <summary>One source, one value.</summary>
    Alone,

    /// <summary>Every source that speaks says the same.</summary>
    Agreed,

    /// <summary>Stated on evidence.</summary>
    Stated,

    /// <summary>The others fail the check of GB 11643.</summary>
    Checked,

    /// <summary>By the order of sources.</summary>
    Order,

    /// <summary>Same source: learned last.</summary>
    Latest,
}

/// <summary>An attribute's values side by side; the first is in force.</summary>
internal sealed record InForce(AttributeRule Rule, IReadOnlyList<HeldValue> Values, Because Because)
{
    public string Value => Values[0].Value;

    public Claim Best => Values[0].Claims[0];
}

/// <summary>
/// Which values of a person are in force, as known at one moment and as true on one day. Both questions are answered from the same
/// facts: a version of a row is known from its import on (until that was undone), and true from the date it states itself, else from
/// the period of the list in which it first stood.
/// </summary>
/// <param name="sameForm">Gives, for one question, the one form of a value for comparing: an address's key, a name's letters.</param>
internal sealed class ValuesInForce(Precedence precedence, Func<Func<string, string, string>> sameForm)
{
    /// <returns>The attributes that have a value, in the order of the rules.</returns>
    public IReadOnlyList<InForce> Of(FileFacts facts, DateTimeOffset knownOn, DateOnly trueOn) => Of(facts, knownOn, trueOn, sameForm());

    /// <param name="sameAs">The one form of a value, where whoever asks has it at hand.</param>
    public IReadOnlyList<InForce> Of(FileFacts facts, DateTimeOffset knownOn, DateOnly trueOn, Func<string, string, string> sameAs)
    {
        var lineages = facts.LineagesOn(knownOn);
        var chains = facts.Versions.Where(version => lineages.Contains(version.Lineage) && version.KnownOn(knownOn))
            .GroupBy(version => version.Lineage).Select(group => group.OrderBy(version => version.Record).ToList()).ToList();
        var statements = facts.Statements.Where(statement => lineages.Contains(statement.Lineage) && statement.KnownOn(knownOn)).ToList();
        var all = new List<InForce>();
        foreach (var rule in precedence.All)
        {
            var claims = chains.SelectMany(chain => Claims(rule, chain, knownOn, trueOn, sameAs))
                .Concat(statements.Where(statement => statement.Field == rule.Code)
                    .Select(statement => Stated(rule, statement, chains, trueOn, sameAs)).OfType<Claim>()).ToList();
            if (claims.Count > 0) all.Add(Weigh(rule, claims, sameAs));
        }
        return all;
    }

    private static IEnumerable<Claim> Claims(AttributeRule rule, List<RowVersion> chain, DateTimeOffset knownOn, DateOnly trueOn,
        Func<string, string, string> sameAs)
    {
        for (var rank = 0; rank < rule.Order.Count; rank++)
        {
            var source = rule.Order[rank];
            if (source.Source != chain[0].Means) continue;
            var version = chain.FindLast(candidate => candidate.ObservedFrom <= trueOn) ?? chain[0];
            if (!source.Counts(version.Fields) || version.Fields.GetValueOrDefault(source.Column) is not { Length: > 0 } value) continue;
            var since = source.Since.Length > 0 && VagueDate.TryParse(version.Fields.GetValueOrDefault(source.Since), out var stated)
                ? stated : default;
            var last = chain[^1];
            var gone = last.EndedAt is { } ended && ended <= knownOn && (!last.EndedPeriod.IsKnown || last.EndedPeriod.Earliest <= trueOn);
            if (!rule.Lasting)
            {
                if (gone) continue;
                if (since.IsKnown ? since.Earliest > trueOn : version.ObservedFrom > trueOn) continue;
                if (!since.IsKnown) since = FirstSaid(chain, version, source, sameAs);
            }
            yield return new Claim(value, version, null, since, version.LearnedAt, rank, gone, false);
            yield break;
        }
    }

    /// <summary>The period of the earliest version in an unbroken run that says the same.</summary>
    private static VagueDate FirstSaid(List<RowVersion> chain, RowVersion version, SourceRule source, Func<string, string, string> sameAs)
    {
        var value = sameAs(source.Column, version.Fields[source.Column]);
        var at = chain.IndexOf(version);
        while (at > 0 && chain[at - 1].Fields.GetValueOrDefault(source.Column) is { } earlier && sameAs(source.Column, earlier) == value) at--;
        return chain[at].Period;
    }

    private static Claim? Stated(AttributeRule rule, Statement statement, List<List<RowVersion>> chains, DateOnly trueOn,
        Func<string, string, string> sameAs)
    {
        if (!rule.Lasting && statement.TrueFrom.IsKnown && statement.TrueFrom.Earliest > trueOn) return null;
        var overtaken = !rule.Lasting && HasSaidSomethingNew(rule, chains, statement, sameAs);
        var rank = rule.Order.Select((source, at) => (source, at)).First(source => source.source.Source == SourceRule.Statement).at;
        return new Claim(statement.Value, null, statement, statement.TrueFrom, statement.LearnedAt, rank, false, overtaken);
    }

    /// <summary>
    /// Whether the list whose row was corrected has told something new since: neither what it told before nor what was stated. A list that
    /// knows a row by its address has a new row then, not a changed one, so all its rows of this person are asked.
    /// </summary>
    private static bool HasSaidSomethingNew(AttributeRule rule, List<List<RowVersion>> chains, Statement statement,
        Func<string, string, string> sameAs)
    {
        var source = chains.Find(chain => chain[0].Lineage == statement.Lineage)?[0].Means;
        var column = rule.Order.FirstOrDefault(order => order.Source == source)?.Column;
        if (source is null || column is null) return false;
        var told = chains.Where(chain => chain[0].Means == source).SelectMany(chain => chain)
            .Where(version => version.Fields.GetValueOrDefault(column) is { Length: > 0 })
            .Select(version => (version.LearnedAt, Value: sameAs(column, version.Fields[column]))).ToList();
        var known = told.Where(said => said.LearnedAt <= statement.LearnedAt).Select(said => said.Value)
            .Append(sameAs(rule.Code, statement.Value)).ToHashSet(StringComparer.Ordinal);
        return told.Exists(said => said.LearnedAt > statement.LearnedAt && !known.Contains(said.Value));
    }

    private static InForce Weigh(AttributeRule rule, List<Claim> claims, Func<string, string, string> sameAs)
    {
        var ordered = claims.OrderBy(claim => claim.Overtaken).ThenBy(claim => IsBroken(rule, claim))
            .ThenBy(claim => claim.Gone).ThenBy(claim => claim.Rank)
            .ThenByDescending(claim => claim.Statement?.LearnedAt ?? claim.Version!.LearnedAt).ThenBy(claim => claim.Version?.Record ?? 0).ToList();
        var held = new List<HeldValue>();
        foreach (var claim in ordered)
        {
            var at = held.FindIndex(value => Agrees(rule, value.Value, claim.Value, sameAs));
            if (at < 0) held.Add(new HeldValue(claim.Value, [claim]));
            else held[at] = new HeldValue(MoreExact(rule, held[at].Value, claim.Value), [.. held[at].Claims, claim]);
        }
        var best = held[0].Claims[0];
        var because = best.Statement is not null ? Because.Stated
            : held.Count == 1 ? claims.Count == 1 ? Because.Alone : Because.Agreed
            : held.Skip(1).All(value => IsBroken(rule, value.Claims[0])) ? Because.Checked
            : held[1].Claims[0].Rank == best.Rank ? Because.Latest : Because.Order;
        return new InForce(rule, held, because);
    }

    private static bool Agrees(AttributeRule rule, string a, string b, Func<string, string, string> sameAs) =>
        rule.Code is "birth" or "died_on" && VagueDate.TryParse(a, out var one) && VagueDate.TryParse(b, out var other)
            ? one.Agrees(other) : sameAs(rule.Code, a) == sameAs(rule.Code, b);

    private static string MoreExact(AttributeRule rule, string a, string b) =>
        rule.Code is "birth" or "died_on" && VagueDate.TryParse(a, out var one) && VagueDate.TryParse(b, out var other)
            && (other.Month != 0, other.Day != 0).CompareTo((one.Month != 0, one.Day != 0)) > 0 ? b : a;

    /// <summary>A number that fails its check never stands before one that passes.</summary>
    private static bool IsBroken(AttributeRule rule, Claim claim) => rule.Code == "number" && !ResidentNumber.IsValid(claim.Value);
}
