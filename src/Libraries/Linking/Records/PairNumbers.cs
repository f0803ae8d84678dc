using System.Numerics;

namespace Legwork.Linking;

/// <summary>
/// Numbers pairs of ids from 1 in the order in which they are first met. An open table of its own, because a general dictionary spends
/// most of its time on what these keys do not need.
/// </summary>
internal sealed class PairNumbers
{
    private readonly ulong[] keys;
    private readonly int[] numbers;
    private readonly int shift;

    /// <param name="atMost">No more pairs than these will come.</param>
    public PairNumbers(int atMost)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, Math.Min(atMost, 1 << 29)) * 3 / 2);
        keys = new ulong[size];
        numbers = new int[size];
        shift = 64 - BitOperations.Log2((uint)size);
    }

    public int Count { get; private set; }

    public int Of(int a, int b)
    {
        var key = (ulong)(uint)a << 32 | (uint)b;
        var mask = keys.Length - 1;
        for (var at = (int)(StringPool.Mix(key) >> shift); ; at = (at + 1) & mask)
        {
            if (numbers[at] == 0)
            {
                keys[at] = key;
                return numbers[at] = ++Count;
            }

            if (keys[at] == key) return numbers[at];
        }
    }
}
