using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;

namespace Legwork.Cases.Pages;

/// <summary>A grid worker as a form offers him: sent by the sign-in name, shown by name and place.</summary>
internal static class WorkerChoice
{
    public static Choice Of(RoleHolder worker, PlaceNames places, T t) =>
        new(worker.SignIn, $"{worker.Name} · {places.Of(worker.Scope.Code, t.Language)}");
}
