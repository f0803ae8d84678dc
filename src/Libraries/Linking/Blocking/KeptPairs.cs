using System.Runtime.InteropServices;

namespace Legwork.Linking;

/// <summary>
/// Weighed pairs in the order in which they were found: in memory up to a limit, the rest in a temporary file that is gone with the
/// run. They may be read through as often as is needed.
/// </summary>
internal sealed class KeptPairs : IDisposable
{
    private const int PairsRead = 1 << 14;
    private readonly long atMost;
    private readonly List<ComparedPair> inMemory = [];
    private FileStream? spilled;

    /// <param name="atMost">Pairs held in memory before they are written out.</param>
    public KeptPairs(long atMost) => this.atMost = Math.Max(1, atMost);

    public long Count { get; private set; }

    public bool Spilled => spilled is not null;

    public void Add(ReadOnlySpan<ComparedPair> pairs)
    {
        inMemory.AddRange(pairs);
        Count += pairs.Length;
        if (inMemory.Count <= atMost) return;
        spilled ??= new FileStream(Path.Combine(Path.GetTempPath(), $"legwork-pairs-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        spilled.Seek(0, SeekOrigin.End);
        spilled.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(inMemory)));
        inMemory.Clear();
        inMemory.TrimExcess();
    }

    public IEnumerable<ComparedPair> All()
    {
        if (spilled is not null)
        {
            spilled.Seek(0, SeekOrigin.Begin);
            var room = new ComparedPair[PairsRead];
            int read;
            while ((read = Read(room)) > 0)
                for (var i = 0; i < read; i++) yield return room[i];
        }

        foreach (var pair in inMemory) yield return pair;
    }

    public void Dispose() => spilled?.Dispose();

    private int Read(ComparedPair[] room)
    {
        var bytes = MemoryMarshal.AsBytes(room.AsSpan());
        return spilled!.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) / (bytes.Length / room.Length);
    }
}
