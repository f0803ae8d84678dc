using System.Net;
using System.Net.Sockets;
using System.Text;
using Legwork.Webhooks.Sending;

namespace Legwork.Webhooks.Tests;

/// <summary>Receivers that take, refuse, lie, hang up, never end, or stand where nothing may be sent; each is a socket of the test's own.</summary>
public class ReceiverTests
{
    private static readonly Letter Letter = new("msg_1", 1614265330, "v1,x", Encoding.UTF8.GetBytes("{}"));

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", nameof(Answered.Taken), "", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\nhalf an answer", nameof(Answered.Taken), "", null)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnonsense", nameof(Answered.Taken), "", null)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", nameof(Answered.Again), "HTTP 302", null)]
    [InlineData("HTTP/1.1 400 <script>alert(1)</script>\r\nContent-Length: 4\r\n\r\nname", nameof(Answered.Again), "HTTP 400", null)]
    [InlineData("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", nameof(Answered.Gone), "HTTP 410", null)]
    [InlineData("HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n", nameof(Answered.Again), "HTTP 429", 120)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: Sun, 22 Nov 2026 05:00:00 GMT\r\n\r\n", nameof(Answered.Again), "HTTP 503", 3600)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: 99999999\r\nContent-Length: 0\r\n\r\n", nameof(Answered.Again), "HTTP 503", 86400)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: -5\r\nContent-Length: 0\r\n\r\n", nameof(Answered.Again), "HTTP 503", null)]
    [InlineData("what is this", nameof(Answered.Again), "broken_answer", null)]
    [InlineData("", nameof(Answered.Again), "broken_answer", null)]
    public async Task What_a_receiver_answers_is_told_as_what_it_is(string answer, string outcome, string reason, int? seconds)
    {
        using var receiver = new Socketed(answer);
        using var post = new HttpPost(Outgoing.Here, new StoppedClock(), TimeSpan.FromSeconds(30));
        (await post.Send(receiver.Address, Letter, TestContext.Current.CancellationToken))
            .ShouldBe(new PostAnswer(Enum.Parse<Answered>(outcome), reason, seconds is { } some ? TimeSpan.FromSeconds(some) : null));
        receiver.Said.ShouldContain("webhook-id: msg_1\r\nwebhook-timestamp: 1614265330\r\nwebhook-signature: v1,x\r\n");
        receiver.Said.ShouldContain("Content-Type: application/json");
        receiver.Connections.ShouldBe(1, "nobody follows where a receiver leads");
    }

    [Fact]
    public async Task Headers_without_end_and_a_receiver_that_says_nothing_are_given_up()
    {
        using var endless = new Socketed("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-More: and more and more and more\r\n", 2_000)));
        using var silent = new Socketed(null);
        using var post = new HttpPost(Outgoing.Here, new StoppedClock(), TimeSpan.FromSeconds(30));
        using var hasty = new HttpPost(Outgoing.Here, new StoppedClock(), TimeSpan.FromMilliseconds(1));
        (await post.Send(endless.Address, Letter, TestContext.Current.CancellationToken)).ShouldBe(new PostAnswer(Answered.Again, "broken_answer"));
        (await hasty.Send(silent.Address, Letter, TestContext.Current.CancellationToken)).ShouldBe(new PostAnswer(Answered.Again, "no_answer"));
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_when_it_connects_and_nobody_is_called()
    {
        using var receiver = new Socketed("HTTP/1.1 204 No Content\r\n\r\n");
        using var post = new HttpPost(new Destinations([]), new StoppedClock(), TimeSpan.FromSeconds(30));
        var named = new UriBuilder(receiver.Address) { Host = "localhost" }.Uri;
        (await post.Send(named, Letter, TestContext.Current.CancellationToken)).ShouldBe(new PostAnswer(Answered.Again, "address"));
        (await post.Send(receiver.Address, Letter, TestContext.Current.CancellationToken)).Reason.ShouldBe("address");
        receiver.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("https://receiver.example/hooks?a=b", true)]
    [InlineData("https://8.8.8.8/", true)]
    [InlineData("https://[2606:4700::1111]/", true)]
    [InlineData("http://receiver.example/", false)]
    [InlineData("http://127.0.0.1:9000/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f.1/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://172.31.0.1/", false)]
    [InlineData("https://192.168.1.1/", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://100.64.0.1/", false)]
    [InlineData("https://0.0.0.0/", false)]
    [InlineData("https://224.0.0.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:127.0.0.1]/", false)]
    [InlineData("https://[fe80::1]/", false)]
    [InlineData("https://[fd00::1]/", false)]
    [InlineData("https://[64:ff9b::7f00:1]/", false)]
    [InlineData("https://user:password@receiver.example/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("receiver.example", false)]
    [InlineData("", false)]
    public void Only_addresses_outside_are_taken_unless_the_keys_folder_opens_a_network(string url, bool taken)
    {
        new Destinations([]).Takes(url, out _).ShouldBe(taken);
    }

    [Fact]
    public void The_keys_folder_opens_networks_of_ones_own_and_http_to_this_machine_alone()
    {
        var folder = Directory.CreateTempSubdirectory("legwork-test-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, Destinations.FileName), "allow: ['10.20.0.0/16', '127.0.0.1/32']\n");
            var opened = Destinations.Load(folder);
            opened.Takes("https://10.20.3.4/", out _).ShouldBeTrue();
            opened.Takes("https://10.21.3.4/", out _).ShouldBeFalse();
            opened.Takes("http://10.20.3.4/", out _).ShouldBeFalse("in the clear only to this machine");
            opened.Takes("http://127.0.0.1:9000/", out _).ShouldBeTrue();
            File.WriteAllText(Path.Combine(folder, Destinations.FileName), "allow: ['everything']\n");
            Should.Throw<FormatException>(() => Destinations.Load(folder)).Message.ShouldContain("webhooks.yaml");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads one request a line and answers it as it was told, hangs up, or says nothing.</summary>
    private sealed class Socketed : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly StringBuilder said = new();
        private int connections;

        public Socketed(string? answer)
        {
            listener.Start();
            _ = Serve(answer);
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks");

        public int Connections => connections;

        public string Said
        {
            get
            {
                lock (said) return said.ToString();
            }
        }

        public void Dispose() => listener.Dispose();

        private async Task Serve(string? answer)
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref connections);
                var stream = client.GetStream();
                var buffer = new byte[8192];
                while (!Said.EndsWith("{}", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var read)
                    lock (said) said.Append(Encoding.UTF8.GetString(buffer, 0, read));
                if (answer is null) continue;
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
                client.Dispose();
            }
        }
    }
}
