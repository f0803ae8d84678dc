using Legwork.Cases;
using Legwork.Immunization;
using Legwork.Insight;
using Legwork.People;
using Legwork.Places;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;

namespace Legwork.Host.Web;

internal static class Routes
{
    public static void MapDistrict(this WebApplication app)
    {
        app.MapShell();
        app.MapAccess();
        app.MapReadLog();
        app.MapPlaces();
        app.MapCases();
        app.MapPeople();
        app.MapImmunization();
        app.MapInsight();
        app.MapOperation();
    }
}
