using System.Threading.RateLimiting;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;

namespace Legwork.Host.Web;

/// <summary>Puts the server together: services, the order of the middleware, every module's routes, and the refusal to start unguarded.</summary>
public static class WebServer
{
    private const long RequestBytesMax = 64L << 20;

    /// <param name="change">Services put in the place of the product's own.</param>
    /// <param name="more">Routes beside the product's own; they are held to the same rule.</param>
    /// <exception cref="InvalidOperationException">A route states neither a permission nor why it is public.</exception>
    public static WebApplication Build(DistrictOptions options, string[] args, Action<IServiceCollection>? change = null,
        Action<IEndpointRouteBuilder>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Listen);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBytesMax;
        });
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = LogLines.FormatName)
            .AddConsoleFormatter<LogLines, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>().SetMinimumLevel(LogLevel.Warning);
        Store.MakeFolder(options.Data);
        builder.Services.AddDistrict(options);
        PlatformModule.AddServing(builder.Services);
        builder.Services.AddSingleton<MetricsBook>().AddHostedService(provider => provider.GetRequiredService<MetricsBook>());
        builder.Services.AddTelemetry(options);
        AddWeb(builder.Services, options);
        builder.Services.AddDescriptions();
        change?.Invoke(builder.Services);
        var app = builder.Build();
        District.Upgrade(app.Services);
        app.Services.GetRequiredService<Texts>(); // a malformed text is known at start, not at the first page
        Use(app, options);
        app.MapShell();
        app.MapModules();
        app.MapOperation();
        app.MapDescriptions();
        more?.Invoke(app);
        if (Guard.Unguarded(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)) is { Count: > 0 } open)
            throw new InvalidOperationException($"Routes without a permission: {string.Join(", ", open)}");
        if (Guard.Undeclared(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints),
            app.Services.GetRequiredService<AccessBook>()) is { Count: > 0 } nobodys)
            throw new InvalidOperationException($"Roles that no module declares: {string.Join(", ", nobodys)}");
        return app;
    }

    private static void AddWeb(IServiceCollection services, DistrictOptions options)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            // A practice copy may share the host's name with the district: its sign-ins are no sign-ins there.
            cookie.Cookie.Name = options.IsPractice ? "legwork-practice" : "legwork";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // How long a sign-in holds is known by its row and not by the cookie, which must tell whose form comes in after the end.
            cookie.ExpireTimeSpan = TimeSpan.FromDays(7);
            cookie.SlidingExpiration = false;
        });
        services.AddAntiforgery(form =>
        {
            form.HeaderName = Guard.TokenHeader;
            form.FormFieldName = "csrf";
            form.Cookie.Name = options.IsPractice ? "legwork-practice-form" : "legwork-form";
            form.Cookie.SameSite = SameSiteMode.Lax;
            form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddDataProtection().SetApplicationName("legwork");
        services.AddRateLimiter(limits =>
        {
            limits.BoundAll(options);
            limits.OnRejected = async (rejected, _) => await (Admission.Refused(rejected.Lease)
                ? ShellModule.Busy(rejected.HttpContext)
                : Refusals.Write(rejected.HttpContext, StatusCodes.Status429TooManyRequests,
                    Kernel.Refusal.Of("access.too_many", "Too many attempts. Try again in a minute.")));
            limits.AddPolicy(Guard.SignInLimit, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "?",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Demonstration ? 600 : 30, Window = TimeSpan.FromMinutes(1) }));
        });
        services.AddShell([.. options.Modules.Assemblies.Select(module => module.Assembly)]);
        // A value of the wrong kind is the asker's mistake in every environment.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.AddResponseCompression();
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var range in KnownProxies.Read(options.Proxies)) forwarded.KnownIPNetworks.Add(range);
            // A request may come through several proxies; each is believed as far as it is known.
            forwarded.ForwardLimit = null;
        });
    }

    private static void Use(WebApplication app, DistrictOptions options)
    {
        app.UseForwardedHeaders();
        app.UseLockedCookies();
        // Said here, or the framework puts it before everything: it looks at the cookie once, which has its plain name only now.
        app.UseAuthentication();
        app.UseMiddleware<SecurityHeaders>();
        if (options.IsPractice) app.UsePracticeNames();
        app.UseNamedFaults();
        app.UseKnownMethods();
        app.UseResponseCompression();
        app.UseRouting();
        app.UseBodiesFirst();
        app.UseRateLimiter();
        app.UseGuard();
        app.RefuseUnreadable();
    }
}
