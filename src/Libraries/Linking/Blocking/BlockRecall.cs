namespace Legwork.Linking;

/// <summary>The share of true pairs of records that stand in a common block, or in one sure group already.</summary>
internal static class BlockRecall
{
    public static double Of(int[] truth, Columns columns, NodeSet nodes, Blocks blocks)
    {
        long found = 0, all = 0;
        foreach (var cluster in Enumerable.Range(0, columns.Count).GroupBy(r => truth[columns.Order[r]]))
        {
            var records = cluster.ToArray();
            for (var i = 0; i < records.Length; i++)
            {
                for (var j = i + 1; j < records.Length; j++)
                {
                    int a = nodes.NodeOf[records[i]], b = nodes.NodeOf[records[j]];
                    all++;
                    if (a == b || blocks.Shared(a, b) != 0) found++;
                }
            }
        }

        return all == 0 ? 1 : found / (double)all;
    }
}
