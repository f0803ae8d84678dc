using System.Net.Sockets;
using System.Text;

namespace Legwork.Running.Tests;

/// <summary>A form on its way over a bad line: its head has arrived, and some of its body.</summary>
internal sealed class SlowForm : IDisposable
{
    private const int Half = 40;

    private readonly TcpClient line = new();
    private readonly bool saysHowLong;

    private SlowForm(bool saysHowLong) => this.saysHowLong = saysHowLong;

    public static async Task<SlowForm> Begin(Uri address, bool saysHowLong)
    {
        var form = new SlowForm(saysHowLong);
        await form.line.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await form.Write($"POST /sign-in HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + (saysHowLong ? $"Content-Length: {2 * Half}" : "Transfer-Encoding: chunked") + "\r\nConnection: close\r\n\r\n");
        await form.Send(Half);
        return form;
    }

    public Task Send(int bytes)
    {
        var text = new string('a', bytes);
        return Write(saysHowLong ? text : $"{bytes:x}\r\n{text}\r\n");
    }

    /// <returns>The answer's first line and all that follows.</returns>
    public async Task<string> End()
    {
        await Send(Half);
        if (!saysHowLong) await Write("0\r\n\r\n");
        using var answer = new StreamReader(line.GetStream(), Encoding.UTF8, leaveOpen: true);
        return await answer.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => line.Dispose();

    private async Task Write(string text) =>
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
}
