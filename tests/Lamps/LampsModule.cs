using System.Collections.Concurrent;
using Legwork.Cases.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.Lamps.Tests;

/// <summary>A module as a stranger would write it: it owns lamps, understands one result, and hears it when a case is over.</summary>
internal sealed class LampsModule(Lamps lamps) : IModule
{
    public string Name => "lamps";

    public void Add(IServiceCollection services) => services
        .AddSingleton(new SubjectOwner(Lamps.Prefix, _ => lamps))
        .AddSingleton(new CaseResultKind("lamp_shines"))
        .AddSingleton(lamps.Hears);

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}

internal sealed class Lamps : ISubjects
{
    public const string Prefix = "test/lamp/";

    public ConcurrentQueue<(string Lamp, string Result)> Heard { get; } = [];

    public ConcurrentQueue<string> Purposes { get; } = [];

    public EventHandler Hears => new("lamps", CaseEvents.Closed, (_, row) =>
    {
        var result = row.Read<CaseResult>();
        if (result.Subject.StartsWith(Prefix, StringComparison.Ordinal)) Heard.Enqueue((result.Subject, result.Result));
    });

    public Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission, string purpose,
        IReadOnlyCollection<string> subjects, CancellationToken cancel = default)
    {
        Purposes.Enqueue(purpose);
        return Task.FromResult<IReadOnlyDictionary<string, SubjectLines>>(subjects.ToDictionary(lamp => lamp, lamp => new SubjectLines(
            $"第 {lamp[Prefix.Length..]} 号路灯", ["钠灯，2009 年立杆"], new Dictionary<string, string> { ["watts"] = "150" }, "北京东路 8 号门前")));
    }
}
