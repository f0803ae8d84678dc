using System.Net;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>A token that comes in a header is looked at before the body, so that a page of somebody else's makes nobody read 64 MB.</summary>
public class TokenTests
{
    [Theory]
    [InlineData("/imports", true, HttpStatusCode.BadRequest), InlineData("/password", true, HttpStatusCode.BadRequest)]
    [InlineData("/sign-in", false, HttpStatusCode.RequestEntityTooLarge), InlineData("/language", false, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_wrong_token_in_the_header_leaves_the_body_unread(string path, bool signedIn, HttpStatusCode refused)
    {
        using var place = new Place(Engine.Sqlite);
        var bodies = new Bodies();
        await using var server = await SessionTests.Start(place, TimeProvider.System,
            beside: services => services.AddSingleton<IStartupFilter>(bodies));
        var node = SessionTests.Address(server);
        using var visitor = signedIn ? await Visitor.SignIn(node, "clerk") : Visitor.Nobody();
        var form = new Dictionary<string, string> { ["csrf"] = await visitor.Token(node, signedIn ? "/password" : "/sign-in"), ["old"] = "x" };
        form["long"] = new string('x', 80_000); // what is shorter is waited for before it takes a place, and read by nobody then either

        using (var forged = await visitor.Ask(HttpMethod.Post, node, path, "en", form, token: "forged"))
            forged.StatusCode.ShouldBe(refused, "not even a right token in the form makes up for it");
        bodies.ReadOf(path).ShouldBe(0);
        if (!signedIn) form.Remove("long");
        using (var right = await visitor.Ask(HttpMethod.Post, node, path, "en", form, token: form["csrf"]))
            right.StatusCode.ShouldBe(path == "/language" ? HttpStatusCode.Found : HttpStatusCode.UnprocessableEntity);
        bodies.ReadOf(path).ShouldBeGreaterThan(0, "behind a right one it is read");
    }

    /// <summary>Remembers how much of the last body sent to a path was read.</summary>
    private sealed class Bodies : IStartupFilter
    {
        private readonly Dictionary<string, Body> sent = [];

        public long ReadOf(string path) => sent[path].Taken;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                var body = new Body();
                await http.Request.Body.CopyToAsync(body);
                body.Position = 0;
                http.Request.Body = sent[http.Request.Path] = body;
                await rest(http);
            });
            next(app);
        };
    }

    /// <summary>Whoever reads it cannot go back to its beginning, and closes it.</summary>
    private sealed class Body : MemoryStream
    {
        private long taken;

        public override bool CanSeek => false;

        public long Taken => CanRead ? Position : taken;

        protected override void Dispose(bool disposing)
        {
            taken = Taken;
            base.Dispose(disposing);
        }
    }
}
