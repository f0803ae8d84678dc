namespace Legwork.Linking;

/// <summary>
/// The value of every blocking key in every record, as numbers from 1 in the order of the records; 0 where a column of the key is
/// missing. Worked out once, however often nodes are put into blocks.
/// </summary>
internal sealed class BlockingKeys
{
    private readonly (int[] OfRecord, int Count)[] values;

    public BlockingKeys(IReadOnlyList<IReadOnlyList<string>> keys, Columns columns, int cores)
    {
        Keys = keys;
        values = new (int[], int)[keys.Count];
        Parallel.For(0, keys.Count, new ParallelOptions { MaxDegreeOfParallelism = cores },
            k => values[k] = Values([.. keys[k].Select(columns.Get)], columns));
    }

    public IReadOnlyList<IReadOnlyList<string>> Keys { get; }

    public (int[] OfRecord, int Count) this[int key] => values[key];

    private static (int[] OfRecord, int Count) Values(int[][] columns, Columns all)
    {
        if (columns.Length == 1) return Renumber(columns[0], all);
        var values = columns[0];
        var count = 0;
        foreach (var column in columns.AsSpan(1))
        {
            var numbers = new PairNumbers(values.Length);
            var next = new int[values.Length];
            for (var r = 0; r < next.Length; r++)
                if (values[r] != 0 && column[r] != 0) next[r] = numbers.Of(values[r], column[r]);
            (values, count) = (next, numbers.Count);
        }

        return (values, count);
    }

    private static (int[] OfRecord, int Count) Renumber(int[] column, Columns all)
    {
        var number = new int[all.Pool.Count];
        var values = new int[column.Length];
        var count = 0;
        for (var r = 0; r < values.Length; r++)
        {
            if (column[r] == 0) continue;
            ref var known = ref number[column[r]];
            if (known == 0) known = ++count;
            values[r] = known;
        }

        return (values, count);
    }
}
