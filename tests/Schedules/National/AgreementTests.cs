using System.Collections.Concurrent;
using Legwork.Schedules.National;

namespace Legwork.Schedules.Tests.National;

public class AgreementTests
{
    private static readonly int Histories = TestRun.Times(100_000, quick: 10_000);
    private static readonly string[] States =
        ["hbsag-positive-low-weight", "hepb-no-response", "tst-positive", "hiv-infected-severe", "hiv-infected", "hiv-exposed",
            "immunodeficient", "severe-reaction-mmr", "preterm"];
    private static readonly int[] AgeMonths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 18, 21, 24, 30, 36, 48, 60,
        72, 84, 96, 120, 144, 156, 168, 204, 216];
    private static readonly (int Months, int Days)[] Gaps = [(0, 0), (0, 7), (0, 10), (0, 28), (0, 60), (1, 0),
        (2, 0), (3, 0), (6, 0), (12, 0), (36, 0)];

    [Theory]
    [InlineData("cn-2026", 20261122)]
    [InlineData("cn-2021", 20211122)]
    public void A_plain_evaluator_that_shares_no_code_answers_random_histories_alike(string rules, int seed)
    {
        var book = NationalRules.Read(WorkedCaseTests.Folder(rules));
        var naive = new NaiveEvaluator(WorkedCaseTests.Folder(rules));
        var engine = new Forecaster(NationalRules.Compile(book));
        var codes = book.Vaccines.Select(vaccine => vaccine.Code).ToArray();
        var (differences, compared, counted) = (new ConcurrentQueue<string>(), 0, 0);
        Parallel.For(0, Histories / 1000, block =>
        {
            var dice = new Random(seed + block);
            for (var i = 0; i < 1000 && differences.IsEmpty; i++)
            {
                var person = Person(dice, codes);
                var forecast = engine.Forecast(new Patient(person.Born, person.Sex,
                    [.. person.Doses.Select(dose => new DoseGiven(dose.On, dose.Vaccine))],
                    [.. person.States.Select(state => new ObservationMade(state))]), person.AsOf);
                foreach (var programme in naive.Programmes)
                {
                    var (verdicts, next) = naive.Answer(programme, person);
                    var answer = NationalAnswer.Of(forecast, programme);
                    var got = Enumerable.Range(0, person.Doses.Count).Select(dose => NationalAnswer.Verdict(answer, dose))
                        .Append(NationalAnswer.Next(book, answer)).ToList();
                    if (!got.SequenceEqual(verdicts.Append(next))) differences.Enqueue(Told(programme, person, [.. verdicts, next], got));
                    Interlocked.Add(ref counted, verdicts.Count(verdict => verdict.StartsWith("counts", StringComparison.Ordinal)));
                }
                Interlocked.Increment(ref compared);
            }
        });
        Assert.True(differences.IsEmpty, differences.FirstOrDefault());
        compared.ShouldBe(Histories);
        counted.ShouldBeGreaterThan(Histories, "random histories must have doses that count, or the comparison says nothing");
    }

    /// <summary>Doses near the ages and intervals that rules speak of, a day or two to either side.</summary>
    private static NaiveEvaluator.Person Person(Random dice, string[] codes)
    {
        var born = new DateOnly(2008, 1, 1).AddDays(dice.Next(6800));
        var asOf = born.AddDays(dice.Next(19 * 365));
        if (dice.Next(3) == 0) asOf = born.AddMonths(AgeMonths[dice.Next(AgeMonths.Length)]).AddDays(dice.Next(-1, 2));
        if (asOf < born) asOf = born;
        var doses = new List<(DateOnly On, string Vaccine)>();
        var favourite = codes[dice.Next(codes.Length)];
        for (var i = dice.Next(12); i > 0; i--)
        {
            var vaccine = dice.Next(2) == 0 ? favourite : codes[dice.Next(codes.Length)];
            var (start, gap) = doses.Count > 0 && dice.Next(2) == 0
                ? (doses[dice.Next(doses.Count)].On, Gaps[dice.Next(Gaps.Length)]) : (born, (AgeMonths[dice.Next(AgeMonths.Length)], 0));
            var on = start.AddMonths(gap.Item1).AddDays(gap.Item2 + dice.Next(-2, 3));
            if (on >= born && on <= asOf) doses.Add((on, vaccine));
        }
        return new NaiveEvaluator.Person(born, (Sex)dice.Next(3), dice.Next(4) == 0 ? [States[dice.Next(States.Length)]] : [], doses, asOf);
    }

    private static string Told(string programme, NaiveEvaluator.Person person, List<string> naive, List<string> engine) =>
        $"{programme}, born {person.Born:yyyy-MM-dd}, {person.Sex}, {string.Join(' ', person.States)}, on {person.AsOf:yyyy-MM-dd}:\n"
        + string.Join('\n', person.Doses.Select(dose => $"{dose.On:yyyy-MM-dd} {dose.Vaccine}").Append("next")
            .Select((what, i) => $"  {what}: plainly '{naive[i]}', the engine '{engine[i]}'"));
}
