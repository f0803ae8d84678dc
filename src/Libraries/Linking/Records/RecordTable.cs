namespace Legwork.Linking;

/// <summary>
/// The records to be linked, column by column: <c>cells[column][record]</c> holds the id of a value in <see cref="Pool"/>.
/// Records of several sources (two tables, eight registers) stand in one table; <see cref="SourceOf"/> tells them apart.
/// </summary>
/// <remarks>The record's own identifier is kept aside in <see cref="IdOf"/> and can never be compared.</remarks>
public sealed class RecordTable
{
    private readonly List<string> columns = [];
    private readonly List<int[]> cells = [];
    private readonly List<string> sources = [];
    private byte[] source = new byte[1024];
    private string[] ids = new string[1024];

    /// <param name="columns">Names of the columns, in the order in which
    /// <see cref="Add(int, string, ReadOnlySpan{string?})"/> takes its values.</param>
    /// <param name="pool">Shared with other tables whose values are to be compared with this one's; a new one by default.</param>
    public RecordTable(IEnumerable<string> columns, StringPool? pool = null)
    {
        Pool = pool ?? new StringPool();
        foreach (var column in columns) AddColumn(column);
    }

    public StringPool Pool { get; }

    public int Count { get; private set; }

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Sources => sources;

    /// <summary>What the caller calls a record; returned in results, never compared.</summary>
    public string IdOf(int record) => ids[record];

    public int SourceOf(int record) => source[record];

    /// <summary>All values of a column, one an element and record; elements past <see cref="Count"/> are unused room.</summary>
    public int[] Column(string name) => cells[IndexOf(name)];

    public bool Has(string column) => columns.Contains(column);

    /// <summary>Text of one cell, empty when missing.</summary>
    public string Text(int record, string column) => Pool[Column(column)[record]];

    /// <summary>Registers a source by name and gives its number; the same name gives the same number.</summary>
    /// <exception cref="ArgumentException">More than 255 sources.</exception>
    public int Source(string name)
    {
        var at = sources.IndexOf(name);
        if (at >= 0) return at;
        if (sources.Count == 255) throw new ArgumentException("A table holds at most 255 sources.", nameof(name));
        sources.Add(name);
        return sources.Count - 1;
    }

    /// <summary>Appends a record; values stand in the order of the constructor's columns, shorter rows leave the rest missing.</summary>
    /// <returns>The record's number, from 0.</returns>
    public int Add(int source, string id, params ReadOnlySpan<string?> values)
    {
        var record = Grow();
        this.source[record] = (byte)source;
        ids[record] = id;
        for (var i = 0; i < values.Length; i++) cells[i][record] = Pool.Intern(values[i].AsSpan().Trim());
        return record;
    }

    /// <summary>The same for a caller who has interned the values in <see cref="Pool"/> himself.</summary>
    public int Add(int source, string id, ReadOnlySpan<int> values)
    {
        var record = Grow();
        this.source[record] = (byte)source;
        ids[record] = id;
        for (var i = 0; i < values.Length; i++) cells[i][record] = values[i];
        return record;
    }

    internal int[] AddColumn(string name)
    {
        if (columns.Contains(name)) throw new ArgumentException($"Column {name} stands twice in the table.", nameof(name));
        columns.Add(name);
        cells.Add(new int[Math.Max(source.Length, Count)]);
        return cells[^1];
    }

    internal int IndexOf(string name)
    {
        var at = columns.IndexOf(name);
        return at >= 0 ? at : throw new ArgumentException($"The table has no column {name}; it has {string.Join(", ", columns)}.", nameof(name));
    }

    /// <summary>
    /// The records in an order that depends on their content alone, so that a shuffled table is estimated and clustered to the same
    /// bits. Records of equal content are interchangeable.
    /// </summary>
    internal int[] CanonicalOrder(IReadOnlyList<string> names, ParallelOptions cores)
    {
        const int each = 1 << 14;
        var valueHash = new ulong[Pool.Count];
        Parallel.For(0, (valueHash.Length + each - 1) / each, cores, part =>
        {
            for (var v = Math.Max(1, part * each); v < Math.Min(valueHash.Length, (part + 1) * each); v++)
                valueHash[v] = StringPool.StableHash(Pool[v]);
        });
        var ofSource = sources.Select(s => StringPool.StableHash(s)).ToArray();
        var columns = names.Select(Column).ToArray();
        var keys = new ulong[Count];
        var order = new int[Count];
        Parallel.For(0, (keys.Length + each - 1) / each, cores, part =>
        {
            for (var r = part * each; r < Math.Min(keys.Length, (part + 1) * each); r++)
            {
                var key = ofSource.Length == 0 ? StringPool.StableHash("") : ofSource[source[r]];
                foreach (var column in columns) key = StringPool.Mix(key * 31 + valueHash[column[r]]);
                (keys[r], order[r]) = (key, r);
            }
        });
        Array.Sort(keys, order);
        return order;
    }

    private int Grow()
    {
        if (Count == ids.Length)
        {
            var size = Count * 2;
            Array.Resize(ref ids, size);
            Array.Resize(ref source, size);
            for (var i = 0; i < cells.Count; i++)
            {
                var column = cells[i];
                Array.Resize(ref column, size);
                cells[i] = column;
            }
        }

        return Count++;
    }
}
