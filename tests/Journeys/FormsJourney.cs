using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>
/// Every form of every page, sent empty and sent with nonsense in every field: what was typed stands in the form that comes back, and
/// each field that is wrong is named at once.
/// </summary>
public class FormsJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    /// <summary>What has no field that could be wrong, or keeps passwords to itself.</summary>
    private static readonly string[] Apart = ["/sign-in", "/password"];

    /// <summary>Each page once; with LEGWORK_FORMS=all each page of every role.</summary>
    private static readonly bool All = Environment.GetEnvironmentVariable("LEGWORK_FORMS") == "all";

    private const string Send = """
        async (sent) => {
          const faults = [];
          for (const form of document.querySelectorAll('main form[method=post]')) {
            const action = form.getAttribute('action');
            const typed = [...form.elements].filter(one => one.name && !['hidden', 'submit', 'button', 'file', 'fieldset'].includes(one.type));
            if (typed.length === 0 || sent.includes(action)) continue;
            for (const way of ['empty', 'nonsense']) {
              const body = new URLSearchParams(), nonsense = {};
              for (const one of form.querySelectorAll('input[type=hidden]')) body.append(one.name, one.value);
              for (const one of typed) {
                if (nonsense[one.name] !== undefined) continue;
                const text = ['date', 'number', 'datetime-local'].includes(one.type) ? '2026-13-45' : 'no such thing';
                nonsense[one.name] = way === 'empty' ? '' : one.maxLength > 0 ? text.slice(0, one.maxLength) : text;
                if (way !== 'empty' || !['radio', 'checkbox'].includes(one.type)) body.append(one.name, nonsense[one.name]);
              }
              const answer = await fetch(action, { method: 'POST', body, headers: { Accept: 'text/html' } });
              if (answer.redirected || answer.status === 200) continue;
              const tell = (what) => faults.push(`${action} sent ${way}, answered ${answer.status}: ${what}`);
              const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
              const again = [...page.querySelectorAll('main form')].find(one => one.getAttribute('action') === action);
              // What became of the matter meanwhile is said of the whole form, not of a field.
              const ofTheMatter = answer.status === 409;
              const named = [...page.querySelectorAll('.error-summary a')].map(link => link.getAttribute('href').slice(1));
              if (named.join() === 'main') continue;
              if (!again) { tell('the form is gone: ' + page.querySelector('main')?.textContent.trim().slice(0, 120)); continue; }
              for (const id of named) if (id !== 'main' && !page.getElementById(id)) tell(`no field #${id}`);
              for (const one of typed) {
                const choice = ['radio', 'checkbox'].includes(one.type), box = one.closest('.field');
                const there = again.elements[one.name];
                if (!there) { tell(`${one.name} is gone`); continue; }
                if (!choice && one.type !== 'select-one' && !/^(date|number|datetime-local)$/.test(one.type) && there.value !== nonsense[one.name])
                  tell(`${one.name} lost what was typed`);
                // A lot is asked of a dose given here, which an empty form does not say.
                const optional = one.name === 'lot' || !!box?.querySelector('label > .quiet')
                  || one.type === 'select-one' && [...one.options].some(option => option.value === '' && option.text !== 'Choose');
                const written = one.type === 'radio' || /^(date|number|datetime-local)$/.test(one.type);
                const wrong = way === 'empty' ? !optional && one.type !== 'checkbox' : written || one.type === 'select-one' && !optional;
                if (wrong && !ofTheMatter && !named.includes(choice ? box.id : one.id)) tell(`${one.name} is not named, only ${named}`);
              }
            }
            sent.push(action);
          }
          return [...new Set(faults), '', ...sent];
        }
        """;

    [Fact]
    public async Task A_refused_form_keeps_every_field_and_names_every_one_that_is_wrong()
    {
        var see = await ThingsToSee.In(district);
        var (found, sent, done) = (new List<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var (role, who) in ThingsToSee.Lookers)
        {
            var page = await browser.Open(district.Served, who);
            foreach (var seen in EveryPage.Of(district.Served.Routes)
                .Where(seen => seen.Permission?.Admits(role) == true && !Apart.Contains(seen.Route) && (done.Add(seen.Address) || All)))
            {
                await page.GotoAsync(see.Fill(seen.Address), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                var told = await page.EvaluateAsync<string[]>(Send, sent);
                var end = Array.IndexOf(told, "");
                found.AddRange(told[..end]);
                sent.UnionWith(told[(end + 1)..]);
            }
            await page.Context.CloseAsync();
        }
        sent.Count.ShouldBeGreaterThan(20);
        found.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_forgets_and_names_one_field_of_two_is_caught()
    {
        var page = await browser.Open(district.Served, "counter");
        await page.GotoAsync("/people/export");
        await page.RouteAsync("**/planted", route => route.FulfillAsync(new()
        {
            Status = 422,
            ContentType = "text/html",
            Body = """
                <main><div class="error-summary"><a href="#a">wrong</a></div>
                <form action="/planted"><div class="field"><input id="a" name="a"></div><div class="field"><input id="b" name="b"></div></form></main>
                """,
        }));
        await page.EvaluateAsync("""
            document.querySelector('main').innerHTML = '<form method="post" action="/planted"><div class="field"><label>A</label>'
              + '<input id="a" name="a"></div><div class="field"><label>B</label><input id="b" name="b"></div></form>'
            """);
        var told = await page.EvaluateAsync<string[]>(Send, Array.Empty<string>());
        told.ShouldContain("/planted sent empty, answered 422: b is not named, only a");
        told.ShouldContain("/planted sent nonsense, answered 422: a lost what was typed");
    }
}
