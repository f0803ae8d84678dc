namespace Legwork.Host.Commands;

/// <summary>One line on the terminal that says what long work is doing; silent when the output goes elsewhere.</summary>
internal sealed class ProgressLine(bool quiet = false)
{
    private readonly bool shown = !quiet && !Console.IsErrorRedirected;
    private long last;

    public void Show(string stage, double done)
    {
        if (!shown || Environment.TickCount64 - last < 100) return;
        last = Environment.TickCount64;
        var amount = done <= 1 ? done > 0 ? $"{done:P0}" : "" : $"{done:N0} rows";
        Console.Error.Write($"\r\u001b[K{stage} {amount}");
    }

    public void Clear()
    {
        if (shown) Console.Error.Write("\r\u001b[K");
    }
}
