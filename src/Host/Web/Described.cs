using System.IO.Compression;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Legwork.Host.Web;

/// <summary>
/// The description of every route that answers with JSON, OpenAPI 3.1 at <c>/openapi/v1.json</c>, and a page to read it at <c>/api</c>. A route
/// says itself what it answers (<see cref="Guard.AnswersJson"/>); what all have in common (signing in, refusals, a form's token) is said here.
/// </summary>
internal static class Described
{
    private const string Problem = "application/problem+json", Session = "session", Refused = "Refusal";

    // The reader writes its own styles into the page; scripts still come from this server alone.
    private const string ReaderPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Reader = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Legwork: routes that answer with JSON</title>
        </head>
        <body>
          <noscript><p>The description itself: <a href="/openapi/v1.json">/openapi/v1.json</a></p></noscript>
          <div id="reader"></div>
          <script src="/api/reader.js"></script><script src="/api/begin.js"></script>
        </body>
        </html>
        """;

    private const string Begin = """
        Scalar.createApiReference('#reader', { url: '/openapi/v1.json', withDefaultFonts: false, telemetry: false, hideClientButton: true,
          showDeveloperTools: 'never', agent: { disabled: true }, mcp: { disabled: true } });
        """;

    public static void AddDescriptions(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = route => AnswersJson(route.ActionDescriptor.EndpointMetadata);
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Complete(operation, context);
            return Task.CompletedTask;
        });
    });

    public static void MapDescriptions(this WebApplication app)
    {
        // Only the one that there is: of any other name the framework would answer with a bare line.
        app.MapOpenApi("/openapi/{documentName:regex(^v1$)}.json")
            .Public("What the routes of this server take and answer; it says nothing of anybody.");
        app.MapGet("/api", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = ReaderPolicy;
            return Results.Text(Reader, "text/html; charset=utf-8");
        }).Public("A page that shows the description of the routes; it says nothing of anybody.").ExcludeFromDescription();
        app.MapGet("/api/begin.js", () => Results.Text(Begin, "text/javascript; charset=utf-8"))
            .Public("The page's own script.").ExcludeFromDescription();
        // From the package, so that a closed network needs no other server.
        app.MapGet("/api/reader.js", () => Results.Stream(new GZipStream(typeof(Scalar.AspNetCore.ScalarOptions).Assembly
                .GetManifestResourceStream("ScalarStaticAssets.scalar.js")!, CompressionMode.Decompress), "text/javascript; charset=utf-8"))
            .Public("The page's reader, Scalar's own script.").ExcludeFromDescription();
    }

    /// <summary>Whether a route says that it answers with JSON.</summary>
    public static bool AnswersJson(IEnumerable<object> metadata) => metadata.OfType<IProducesResponseTypeMetadata>()
        .Any(answer => answer.ContentTypes.Any(type => type != Problem && type.EndsWith("json", StringComparison.Ordinal)));

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Legwork",
            Version = "v1",
            Description = "The routes that answer with JSON. Whoever is refused is told so as problem+json with a stable code.",
        };
        // By default what groups routes is the name of a class, which is nobody's word.
        (document.Servers, document.Tags) = ([], null);
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "legwork",
                Description = "The session that POST /sign-in begins.",
            },
        };
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Refused] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "type", "title", "status", "code", "detail" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = text,
                ["title"] = text,
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "400", Maximum = "599" },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^[a-z_]+(\.[a-z_]+)+$" },
                ["detail"] = text,
            },
        };
    }

    private static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var (metadata, writes) = (context.Description.ActionDescriptor.EndpointMetadata, context.Description.HttpMethod is not "GET");
        operation.Tags = null;
        var (permission, because) = Guard.AccessOf(metadata);
        operation.Description = permission is not null ? $"Needs the permission `{permission.Code}`, which "
            + (permission.EveryRole ? "every role gives." : $"gives: {string.Join(", ", permission.Roles.Select(role => role.Word))}.")
            : $"Open to everyone. {because}";
        List<(int Status, string Code)> codes =
            [(400, "host.unreadable"), (429, "access.too_many"), (503, "host.storage_away"), (503, "host.busy"), .. Guard.RefusalsOf(metadata)];
        if (permission is not null)
        {
            codes.AddRange([(401, "access.sign_in"), (403, "access.denied"), (403, "access.password_due")]);
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, context.Document)] = [] }];
        }
        if (writes)
        {
            codes.AddRange([(400, "access.form_expired"), (413, "host.too_large"), (415, "host.unreadable"), (503, "host.fate_unknown")]);
            operation.Parameters ??= [];
            var (header, what) = Guard.IsForServers(metadata) ? ("Authorization", "`Bearer` and the key that was agreed with this server.")
                : (Guard.TokenHeader, "The token of a page, which stands in its forms as `csrf`.");
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header,
                In = ParameterLocation.Header,
                Required = true,
                Description = what,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        operation.Responses ??= [];
        foreach (var ofStatus in codes.GroupBy(one => one.Status).OrderBy(same => same.Key))
            operation.Responses[$"{ofStatus.Key}"] = With(operation, $"{ofStatus.Key}", new OpenApiSchemaReference(Refused, context.Document),
                $"Refused: {string.Join(", ", ofStatus.Select(one => $"`{one.Code}`").Distinct())}.");
    }

    /// <summary>An answer of this status that may be a refusal too.</summary>
    private static OpenApiResponse With(OpenApiOperation operation, string status, OpenApiSchemaReference schema, string sentence)
    {
        var known = operation.Responses!.GetValueOrDefault(status);
        var content = new Dictionary<string, OpenApiMediaType>(known?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            [Problem] = new OpenApiMediaType { Schema = schema },
        };
        return new OpenApiResponse { Description = known is null ? sentence : $"{known.Description} {sentence}".Trim(), Content = content };
    }
}
