using Legwork.People;
using Legwork.Places;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.Host.Web;

internal static class Routes
{
    public static void MapDistrict(this WebApplication app)
    {
        app.MapShell();
        app.MapAccess();
        app.MapPlaces();
        app.MapPeople();
        app.MapOperation();
    }
}
