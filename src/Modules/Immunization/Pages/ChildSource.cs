using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Pages;

/// <summary>Children for the one search box, as at the nurse's desk.</summary>
internal static class ChildSource
{
    public static readonly SearchSource Source = new("immunization.desk", 20, ImmunizationPermissions.Desk, async (services, actor, question) =>
    {
        var (t, today) = (services.GetRequiredService<T>(), services.GetRequiredService<TimeProvider>().Today());
        var found = await services.GetRequiredService<IPersonSearch>()
            .Find(actor, ImmunizationPermissions.Desk, ShowRecord.Purpose, question, DeskRoutes.BornFrom(today));
        return found.Then<SearchFound>(children => new SearchFound(
            [.. children.People.Select(
                child => new SearchHit(child.Name.Length > 0 ? child.Name : t["immunization.trial.closed"], RecordRoutes.Address(child.Id.Value),
                string.Join(" · ",
                    new[] { child.NameBo, child.Birth is { } birth ? t.Date(birth) : "", child.Number }.Where(detail => detail.Length > 0))))],
            children.More ? $"/immunization?q={Uri.EscapeDataString(question)}" : null));
    });
}
