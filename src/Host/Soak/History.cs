namespace Legwork.Host.Soak;

internal enum Asked
{
    /// <summary>What version is it?</summary>
    Version,

    /// <summary>What was written last?</summary>
    Last,

    /// <summary>Write this, if it still is the version that I saw.</summary>
    Write,
}

internal enum Told
{
    /// <summary>It is done, or this is what it is.</summary>
    Done,

    /// <summary>Refused: the version is another by now.</summary>
    Stale,

    /// <summary>It was not done and never will be.</summary>
    NotDone,

    /// <summary>Nobody can say: the line broke, or no answer came.</summary>
    Unknown,
}

/// <summary>One thing that a client asked of one register, and what it was told. Times are ticks of one clock for all clients.</summary>
/// <param name="Version">The version that was seen, or that the write expects.</param>
/// <param name="Text">What was written last, or is to be written; every text is written once only.</param>
internal sealed record Operation(string Register, Asked Asked, long Version, string Text, Told Told, long Begun, long Ended);

/// <summary>
/// Whether everything that clients were told of a register can have happened one after the other, each thing at some moment between its
/// asking and its answer (linearizability; the search of Wing and Gong with Lowe's memory of states already tried). It knows nothing
/// of cases, storage or servers: a register is a version that grows by one with each write, and the text written last.
/// </summary>
internal static class History
{
    /// <returns>A sentence for each register whose history no order explains.</returns>
    public static IReadOnlyList<string> Faults(IEnumerable<Operation> operations, IReadOnlyDictionary<string, long> firstVersions) =>
        [.. operations.Where(operation => operation.Told != Told.NotDone && !(operation.Told == Told.Unknown && operation.Asked != Asked.Write))
            .GroupBy(operation => operation.Register)
            .Select(register => (register.Key, Stuck: Explain([.. register], new State(firstVersions[register.Key], ""))))
            .Where(register => register.Stuck is not null)
            .Select(register => $"{register.Key}: no order explains that {Say(register.Stuck!)}")];

    /// <returns>Null when an order was found; else the answer at which the longest try ended.</returns>
    private static Operation? Explain(List<Operation> operations, State first)
    {
        var head = Line(operations);
        var (state, done, tried) = (first, new Bits(operations.Count), new HashSet<(Bits, State)>());
        var taken = new Stack<(Entry Call, State Before)>();
        var (stuck, longest) = ((Operation?)null, -1);
        for (var at = head.Next; at is not null;)
        {
            if (!at.IsCall)
            {
                // The answer of something that has not happened yet in this order: another order must be tried.
                if (taken.Count > longest) (longest, stuck) = (taken.Count, operations[at.Index]);
                if (!taken.TryPop(out var last)) return stuck;
                (state, done) = (last.Before, done.Without(last.Call.Index));
                last.Call.PutBack();
                at = last.Call.Next;
            }
            else if (After(state, operations[at.Index]) is { } next && tried.Add((done.With(at.Index), next)))
            {
                taken.Push((at, state));
                (state, done) = (next, done.With(at.Index));
                at.TakeOut();
                at = head.Next;
            }
            else
            {
                at = at.Next;
            }
        }
        return null;
    }

    /// <summary>The state after an operation with its answer, or null when it cannot have been answered so in this state.</summary>
    private static State? After(State state, Operation operation) => (operation.Asked, operation.Told) switch
    {
        (Asked.Version, _) => state.Version == operation.Version ? state : null,
        (Asked.Last, _) => state.Text == operation.Text ? state : null,
        (Asked.Write, Told.Stale) => state.Version != operation.Version ? state : null,
        _ => state.Version == operation.Version ? new State(state.Version + 1, operation.Text) : null,
    };

    /// <summary>Calls and answers in the order of time. What nobody can say of has no answer: it may happen at any time, or never.</summary>
    private static Entry Line(List<Operation> operations)
    {
        var head = new Entry(-1, isCall: true);
        var entries = new List<(long At, int Order, Entry Entry)>();
        for (var i = 0; i < operations.Count; i++)
        {
            var call = new Entry(i, isCall: true);
            entries.Add((operations[i].Begun, 0, call));
            if (operations[i].Told == Told.Unknown) continue;
            call.Return = new Entry(i, isCall: false);
            entries.Add((operations[i].Ended, 1, call.Return));
        }
        var last = head;
        foreach (var (_, _, entry) in entries.OrderBy(entry => entry.At).ThenBy(entry => entry.Order))
        {
            (last.Next, entry.Before) = (entry, last);
            last = entry;
        }
        return head;
    }

    private static string Say(Operation operation) => operation.Asked switch
    {
        Asked.Version => $"the version {operation.Version} was seen",
        Asked.Last => $"'{operation.Text}' was seen as the last",
        _ => $"'{operation.Text}' upon version {operation.Version} was answered with {operation.Told}",
    };

    private sealed record State(long Version, string Text);

    /// <summary>A link of the chain; a call and its answer are taken out together when the operation has happened.</summary>
    private sealed class Entry(int index, bool isCall)
    {
        public int Index => index;

        public bool IsCall => isCall;

        public Entry? Return { get; set; }

        public Entry? Before { get; set; }

        public Entry? Next { get; set; }

        public void TakeOut()
        {
            Unlink();
            Return?.Unlink();
        }

        public void PutBack()
        {
            Return?.Link();
            Link();
        }

        private void Unlink()
        {
            Before!.Next = Next;
            if (Next is not null) Next.Before = Before;
        }

        private void Link()
        {
            Before!.Next = this;
            if (Next is not null) Next.Before = this;
        }
    }

    /// <summary>A set of operations that compares by what is in it.</summary>
    private sealed class Bits(ulong[] words) : IEquatable<Bits>
    {
        public Bits(int count) : this(new ulong[count / 64 + 1])
        {
        }

        public Bits With(int bit) => Changed(bit, true);

        public Bits Without(int bit) => Changed(bit, false);

        public bool Equals(Bits? other) => other is not null && words.AsSpan().SequenceEqual(other.Words);

        public override bool Equals(object? obj) => Equals(obj as Bits);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var word in words) hash.Add(word);
            return hash.ToHashCode();
        }

        private ulong[] Words => words;

        private Bits Changed(int bit, bool value)
        {
            var copy = (ulong[])words.Clone();
            if (value) copy[bit / 64] |= 1UL << (bit % 64);
            else copy[bit / 64] &= ~(1UL << (bit % 64));
            return new Bits(copy);
        }
    }
}
