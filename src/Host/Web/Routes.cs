using Legwork.People;
using Legwork.Places;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Host.Web;

internal static class Routes
{
    public static void MapDistrict(this WebApplication app)
    {
        app.MapShell();
        app.MapAccess();
        app.MapPlaces();
        app.MapPeople();
        app.MapGet("/health", (Store store) => store.Read(session => session.Scalar<long>("select 1")) == 1
            ? Results.Json(new { status = "healthy" }) : Results.StatusCode(StatusCodes.Status503ServiceUnavailable))
            .Public("A load balancer asks it; it says nothing of anybody.");
    }
}
