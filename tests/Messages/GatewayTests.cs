using System.Net;
using System.Net.Sockets;
using System.Text;
using Legwork.Messages.Channels;

namespace Legwork.Messages.Tests;

/// <summary>Gateways that take, refuse, are busy, lie, or hang up; each is a socket of the test's own.</summary>
public class GatewayTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"id\":\"a-1\"}", false, "handed", "a-1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n{\"id\":\"<script>alert(1)</script>\"}", false, "handed", "")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 900000\r\n\r\nhalf an answer", false, "handed", "")]
    [InlineData("HTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n", false, "refused", "HTTP 422")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", false, "refused", "HTTP 302")]
    [InlineData("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", false, "again", "HTTP 503")]
    [InlineData("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", false, "unsure", "HTTP 500")]
    [InlineData("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", true, "again", "HTTP 500")]
    [InlineData("", false, "unsure", null)]
    [InlineData("", true, "again", null)]
    public async Task What_a_gateway_answers_is_told_as_what_it_is(string answer, bool repeatable, string outcome, string? proof)
    {
        using var gateway = new Socketed(answer);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var way = new SmsGateway(new SmsSettings(gateway.Address, "secret", repeatable), http, new StoppedClock());
        var one = One("13900000001");
        var handed = (await way.Hand("k", [one], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        handed.Outcome.ShouldBe(outcome);
        if (proof is not null) handed.Proof.ShouldBe(proof);
        gateway.Said.ShouldContain($"Idempotency-Key: {one.Message}");
        gateway.Said.ShouldContain("Bearer secret");
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_has_left_and_what_is_late_is_not_sent()
    {
        using var http = new HttpClient();
        var way = new SmsGateway(new SmsSettings(new Uri($"http://127.0.0.1:{Closed()}/"), "", Repeatable: false), http, new StoppedClock());
        var late = One("13900000002") with { NotAfter = new StoppedClock().GetUtcNow() };
        (await way.Hand("k", [One("13900000001"), late], TestContext.Current.CancellationToken)).Select(one => one.Outcome)
            .ShouldBe(["again", "late"]);
        var mail = new SmtpWay(new SmtpSettings("127.0.0.1", Closed(), Tls: false, "office@example.org", "", ""), new StoppedClock());
        (await mail.Hand("k", [One("a@example.org")], TestContext.Current.CancellationToken)).Single().Outcome.ShouldBe("again");
    }

    [Theory]
    [InlineData("250 taken", "250 go on", "handed")]
    [InlineData("550 no such mailbox", "250 go on", "refused")]
    [InlineData("450 later", "250 go on", "again")]
    [InlineData("250 taken", "", "unsure")]
    public async Task What_a_mail_server_says_is_told_as_what_it_is(string toRecipient, string toData, string outcome)
    {
        using var server = new MailServer(toRecipient, toData);
        var way = new SmtpWay(new SmtpSettings("127.0.0.1", server.Port, Tls: false, "office@example.org", "", ""), new StoppedClock());
        (await way.Hand("k", [One("a@example.org")], TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Outcome.ShouldBe(outcome);
        (await way.Hand("k", [One("no address at all")], TestContext.Current.CancellationToken)).Single().Outcome.ShouldBe("refused");
    }

    [Fact]
    public void Gateways_are_read_from_the_keys_folder_and_a_demonstration_speaks_to_none()
    {
        var folder = Directory.CreateTempSubdirectory("legwork-test-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, Ways.FileName), """
                sms: { url: 'https://gateway.example/send', token: t, repeatable: true, receipts: 0123456789abcdef01234567 }
                smtp: { host: mail, port: 25, tls: false, from: a@b.cn }
                """);
            Ways Loaded(bool demonstration) => Ways.Load(folder, folder, demonstration, new StoppedClock());
            Loaded(false)["sms"].ShouldBeOfType<SmsGateway>();
            Loaded(false)["email"].ShouldBeOfType<SmtpWay>();
            Loaded(false)["letter"].ShouldBeOfType<LetterWay>();
            Loaded(true)["sms"].ShouldBeOfType<FileWay>();
            Loaded(false).ReportsBy("0123456789abcdef01234567").ShouldBe("sms");
            Loaded(false).ReportsBy("0123456789abcdef01234568").ShouldBeNull();
            Loaded(true).ReportsBy("0123456789abcdef01234567").ShouldBeNull();
            foreach (var wrong in new[] { "url: gateway, token: t", "url: 'https://g', token: t, receipts: short" })
            {
                File.WriteAllText(Path.Combine(folder, Ways.FileName), $"sms: {{ {wrong} }}\n");
                Should.Throw<FormatException>(() => Loaded(false)).Message.ShouldContain("gateways.yaml");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Handing One(string to) =>
        new(Guid.CreateVersion7(), to, "卓玛", "通知", "正文", "zh-CN", new StoppedClock().GetUtcNow().AddDays(1));

    /// <summary>Reads one request and answers it as it was told, or hangs up.</summary>
    private sealed class Socketed : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly StringBuilder said = new();

        public Socketed(string answer)
        {
            listener.Start();
            _ = Serve(answer);
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/send");

        public string Said
        {
            get
            {
                lock (said) return said.ToString();
            }
        }

        public void Dispose() => listener.Dispose();

        private async Task Serve(string answer)
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                var buffer = new byte[8192];
                while (!Said.Contains("\"text\"") && await stream.ReadAsync(buffer) is > 0 and var read)
                    lock (said) said.Append(Encoding.UTF8.GetString(buffer, 0, read));
                if (answer.Length > 0) await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        }
    }

    /// <summary>As much of RFC 5321 as one message needs.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public MailServer(string toRecipient, string toData)
        {
            listener.Start();
            _ = Serve(toRecipient, toData);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Dispose() => listener.Dispose();

        private async Task Serve(string toRecipient, string toData)
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
                await writer.WriteLineAsync("220 mail");
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line.StartsWith("DATA", StringComparison.Ordinal))
                    {
                        await writer.WriteLineAsync("354 go on");
                        while (await reader.ReadLineAsync() is { } body && body != ".") { }
                        if (toData.Length == 0) break;
                        await writer.WriteLineAsync(toData);
                    }
                    else
                    {
                        await writer.WriteLineAsync(line.StartsWith("RCPT", StringComparison.Ordinal) ? toRecipient : "250 ok");
                    }
                }
            }
        }
    }
}
