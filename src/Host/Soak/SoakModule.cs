using Legwork.Messages.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;

namespace Legwork.Host.Soak;

/// <summary>
/// Whoever a soak tells something: people of its own, each with a telephone → the ways of the district → handed over → counted by the trial.
/// </summary>
internal sealed class SoakModule : IModule
{
    public const string Outgoing = "outgoing";

    public string Name => "soak";

    public void Add(IServiceCollection services) => services.AddSingleton(new RecipientOwner(SoakWriter.Prefix, _ => new SoakRecipients()));

    public void Map(IEndpointRouteBuilder routes)
    {
    }

    /// <summary>The same district with those people, at noon, so that nobody is asleep, and so much later.</summary>
    public static ServiceProvider Open(DistrictOptions options, TimeSpan ahead) => District.Open(
        new DistrictOptions(new ModuleList([.. options.Modules, new SoakModule()]))
        {
            Data = options.Data,
            Storage = options.Storage,
            Node = options.Node,
            Keys = options.Keys,
        }, new AheadClock(ahead));

    /// <summary>How far the next noon lies ahead.</summary>
    public static TimeSpan ToNoon()
    {
        var noon = Platform.Calendar.StartOf(Platform.Calendar.Today(TimeProvider.System)).AddHours(12) - TimeProvider.System.GetUtcNow();
        return noon > TimeSpan.Zero ? noon : noon + TimeSpan.FromDays(1);
    }

    private sealed class AheadClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }

    private sealed class SoakRecipients : IRecipients
    {
        public Task<IReadOnlyDictionary<string, Recipient>> Find(Actor actor, Permission permission, IReadOnlyCollection<string> whom,
            string reference, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<string, Recipient>>(
            whom.ToDictionary(one => one, one => new Recipient(one, "13900000000", "", "", HasAccount: false)));
    }
}
