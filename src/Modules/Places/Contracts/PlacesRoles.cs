using Legwork.Platform.Access;

namespace Legwork.Places.Contracts;

/// <summary>The role that Places brings: who looks after a grid.</summary>
public static class PlacesRoles
{
    extension(Role)
    {
        public static Role GridWorker => new("GridWorker");
    }
}
