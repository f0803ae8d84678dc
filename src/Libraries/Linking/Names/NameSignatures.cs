namespace Legwork.Linking;

/// <summary>
/// 64 bits for each name, a bit for each syllable it may be heard as: names whose bits do not meet share no syllable, and need no look
/// at their characters. Nine of ten pairs of a dwelling end here.
/// </summary>
internal sealed class NameSignatures(VariantTable table)
{
    private Known known = new(null, []);

    public bool MayShare(Values a, Values b, int slot) => (Of(a, slot) & Of(b, slot)) != 0;

    private ulong Of(Values values, int slot)
    {
        var id = values.Id(slot);
        var now = known;
        if (!ReferenceEquals(now.Pool, values.Pool) || id >= now.Bits.Length) now = Grow(now, values.Pool);
        ref var bits = ref now.Bits[id];
        // Two threads may both work it out; they write the same.
        if (bits == 0) bits = table.Signature(values.Text(slot));
        return bits;
    }

    /// <summary>With room to spare: an index meets new names one by one.</summary>
    private Known Grow(Known before, StringPool pool)
    {
        var bits = new ulong[pool.Count + pool.Count / 4 + 1024];
        if (ReferenceEquals(before.Pool, pool)) before.Bits.CopyTo(bits, 0);
        return known = new Known(pool, bits);
    }

    private sealed record Known(StringPool? Pool, ulong[] Bits);
}
