using System.Text;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Legwork.Running.Tests;

/// <summary>Traces and metrics as a receiver gets them, over HTTP on this machine alone.</summary>
public class TelemetryTests
{
    private const string Asked = "色拉雍宗卓玛";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_sent_names_routes_and_kinds_of_work_and_nobody(Engine engine)
    {
        await using var receiver = await Receiver.Open();
        using var place = new Place(engine);
        place.Options.Telemetry = receiver.Address;
        var file = Guid.CreateVersion7();
        await using (var app = WebServer.Build(place.Options, []))
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            await app.Services.GetRequiredService<DemonstrationAccounts>().Make([new DemonstrationSignIn("clerk", "前台甲", Role.Clerk, "540102")]);
            using var clerk = await Visitor.SignIn(new Uri(app.Urls.Single()), "clerk");
            await clerk.Get(new Uri(app.Urls.Single()), $"/people?q={Uri.EscapeDataString(Asked)}");
            await clerk.Get(new Uri(app.Urls.Single()), $"/people/{file}");
            app.Services.GetRequiredService<TracerProvider>().ForceFlush().ShouldBeTrue();
            app.Services.GetRequiredService<MeterProvider>().ForceFlush().ShouldBeTrue();
        }

        var traces = receiver.Sent("/v1/traces");
        foreach (var named in (string[])["/people/{", "store.unit", "service.instance.id", "one"]) traces.ShouldContain(named);
        if (engine == Engine.Postgres) traces.ShouldContain("postgresql");
        receiver.Sent("/v1/metrics").ShouldContain("legwork.store.units");
        foreach (var personal in (string[])[Asked, Uri.EscapeDataString(Asked), $"{file}", "前台甲", DemonstrationAccounts.Password])
        {
            traces.ShouldNotContain(personal);
            receiver.Sent("/v1/metrics").ShouldNotContain(personal);
        }
    }

    [Fact]
    public async Task Without_a_receiver_nothing_listens()
    {
        using var place = new Place(Engine.Sqlite);
        await using var app = WebServer.Build(place.Options, []);
        app.Services.GetService<TracerProvider>().ShouldBeNull();
        app.Services.GetService<MeterProvider>().ShouldBeNull();
        place.Options.Telemetry = "collector";
        Should.Throw<FormatException>(() => WebServer.Build(place.Options, [])).Message.ShouldContain("Telemetry");
    }

    /// <summary>Keeps what is posted to it. OTLP writes texts as they are, so that they can be looked for in the bytes.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly List<(string Path, string Text)> sent = [];
        private readonly WebApplication app;

        private Receiver(WebApplication app) => this.app = app;

        public string Address => app.Urls.Single();

        public static async Task<Receiver> Open()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
            var receiver = new Receiver(builder.Build());
            receiver.app.MapPost("/{**path}", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                lock (receiver.sent) receiver.sent.Add((request.Path, Encoding.UTF8.GetString(body.ToArray())));
            });
            await receiver.app.StartAsync();
            return receiver;
        }

        public string Sent(string path)
        {
            lock (sent) return string.Concat(sent.Where(one => one.Path == path).Select(one => one.Text));
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
