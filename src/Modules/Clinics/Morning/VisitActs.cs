using Legwork.Clinics.Plan;
using Legwork.Kernel;

namespace Legwork.Clinics.Morning;

/// <summary>
/// What can be done to a visit, in the order of the standard: decided purely, the visit and the setting go in, the step or a refusal comes out.
/// </summary>
internal static class VisitActs
{
    private const double ColdestMeasured = 34;
    private const double HottestMeasured = 43;

    /// <summary>Draws a number: who comes in the own half hour or a little later stays in the line of the booked, who comes on another
    /// time of the day waits with those who did not book.</summary>
    public static Outcome<VisitStep> Arrive(Visit visit, At at)
    {
        if (visit.State != VisitState.Booked) return Wrong("arrive");
        var today = Platform.Calendar.DayOf(at.Now);
        if (visit.Day != today)
            return Refusal.Of("clinics.not_today", "The booking is for another day. Move it, or take the child in without a booking.");
        var late = visit.At is { } slot && at.Now > slot.AddMinutes(DayPlan.SlotMinutes + at.Rules.Lanes.LateMinutes);
        return new VisitStep(visit with
        {
            State = VisitState.Arrived,
            Lane = late && visit.Lane == Lane.Booked ? Lane.WalkIn : visit.Lane,
        }, "arrived")
        { DrawsNumber = true };
    }

    /// <summary>The questions and the temperature. What speaks against it leads to the doctor's table and decides nothing.</summary>
    /// <param name="answers">By the question's code: yes or no, every one of them.</param>
    public static Outcome<VisitStep> Check(Visit visit, At at, double? celsius, IReadOnlyDictionary<string, string> answers)
    {
        if (visit.State is not (VisitState.Arrived or VisitState.ToDoctor or VisitState.Fit)) return Wrong("check");
        var wrong = Refusal.All([
            celsius is null ? Refusal.Of("clinics.temperature", "Write the temperature in degrees.")
                : celsius is < ColdestMeasured or > HottestMeasured
                    ? Refusal.Of("clinics.temperature_range", "A temperature between 34 and 43 degrees is measured; measure again.") : null,
            .. at.Rules.Questions.Where(question => answers.GetValueOrDefault(question.Code) is not ("yes" or "no"))
                .Select(question => Refusal.Of("clinics.question", "Answer this question with yes or no.") with { At = question.Code })]);
        if (wrong is not null) return wrong;
        var speaks = at.Rules.Questions.Where(question => answers[question.Code] == question.Stops).Select(question => question.Code).ToList();
        if (celsius > at.Rules.TemperatureMax) speaks.Insert(0, "temperature");
        var told = new CheckTold(celsius!.Value, at.Rules.QuestionsFrom, answers, speaks);
        return new VisitStep(visit with { State = speaks.Count == 0 ? VisitState.Fit : VisitState.ToDoctor }, "checked", Told: told.Written());
    }

    /// <summary>The doctor has looked and lets it go on.</summary>
    public static Outcome<VisitStep> FindFit(Visit visit, string reason) =>
        visit.State != VisitState.ToDoctor ? Wrong("find_fit")
        : Reasons.Missing(reason) is { } none ? none
        : new VisitStep(visit with { State = VisitState.Fit }, "found_fit", Told: reason);

    /// <summary>The doctor puts it off: with a reason, and the day from which it may be tried again.</summary>
    public static Outcome<VisitStep> Defer(Visit visit, At at, string reason, DateOnly? next)
    {
        if (visit.State is not (VisitState.Arrived or VisitState.ToDoctor or VisitState.Fit or VisitState.Waiting or VisitState.Called))
            return Wrong("defer");
        if (Reasons.Missing(reason) is { } none) return none;
        if (next is not { } day || day <= Platform.Calendar.DayOf(at.Now))
            return Refusal.Of("clinics.next_day", "Write the day from which the child may come again.");
        return new VisitStep(visit with { State = VisitState.Deferred, OverAt = at.Now }, "deferred", day.ToString("yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture), reason)
        { FreesPromise = true };
    }

    /// <summary>The counter: which vaccines are given today, each with a consent of that very product. From here it waits for a table.</summary>
    /// <param name="products">What the engine allows today and the parent chose.</param>
    /// <param name="consented">Of those, the ones that are consented to.</param>
    public static Outcome<VisitStep> Register(Visit visit, At at, IReadOnlyList<string> products, IReadOnlySet<string> consented)
    {
        if (visit.State != VisitState.Fit) return Wrong("register");
        if (products.Count == 0) return Refusal.Of("clinics.products", "Choose what is given today.");
        if (products.Any(product => !consented.Contains(product)))
            return Refusal.Of("clinics.no_consent", "There is no consent for this vaccine yet: have it read and signed first.");
        return new VisitStep(visit with { State = VisitState.Waiting, Products = products, ReadyAt = at.Now, Passes = 0 }, "registered",
            string.Join(' ', products))
        { QueuesUp = true };
    }

    public static Outcome<VisitStep> Call(Visit visit, At at) => visit.State != VisitState.Waiting ? Wrong("call")
        : new VisitStep(visit with { State = VisitState.Called, Room = at.Room, CalledAt = at.Now }, "called", Call: "call");

    public static Outcome<VisitStep> Recall(Visit visit, At at) => visit.State != VisitState.Called ? Wrong("recall")
        : new VisitStep(visit with { Room = at.Room, CalledAt = at.Now }, "recalled", Call: "recall");

    /// <summary>Nobody came: it waits again, some places further back, or until somebody asks.</summary>
    public static Outcome<VisitStep> Pass(Visit visit, At at) => visit.State != VisitState.Called ? Wrong("pass")
        : new VisitStep(visit with { State = VisitState.Waiting, Room = "", CalledAt = null, Passes = visit.Passes + 1 }, "passed")
        {
            StepsBack = at.Rules.Lanes.Back,
        };

    /// <summary>To another table, which calls it at once.</summary>
    public static Outcome<VisitStep> Transfer(Visit visit, At at, string room) => visit.State != VisitState.Called ? Wrong("transfer")
        : room == visit.Room ? Refusal.Of("clinics.same_table", "The visit is at this table already.")
        : new VisitStep(visit with { Room = room, CalledAt = at.Now }, "transferred", room, Call: "call");

    /// <summary>The last dose of today was given: it stays for observation.</summary>
    public static Outcome<VisitStep> Given(Visit visit, At at, string product, bool last) => visit.State != VisitState.Called ? Wrong("give")
        : new VisitStep(last ? visit with
        {
            State = VisitState.Observed,
            GivenAt = at.Now,
            UntilAt = at.Now.AddMinutes(at.Rules.ObservationMinutes),
        } : visit with { GivenAt = at.Now }, "given", product);

    /// <summary>Leaves after the observation; before its end with a reason.</summary>
    public static Outcome<VisitStep> CheckOut(Visit visit, At at, string reason)
    {
        if (visit.State != VisitState.Observed) return Wrong("check_out");
        var early = visit.UntilAt is { } until && at.Now < until;
        if (early && Reasons.Missing(reason) is { } none)
            return none with { Message = "The observation is not over. Say why the child leaves now." };
        return new VisitStep(visit with { State = VisitState.Done, OverAt = at.Now },
            early ? "left_early" : "checked_out", early ? reason.Trim() : "");
    }

    /// <summary>Went away before the vaccination.</summary>
    public static Outcome<VisitStep> Leave(Visit visit, At at, string reason) =>
        !visit.IsInside || visit.State == VisitState.Observed ? Wrong("leave")
        : Reasons.Missing(reason) is { } none ? none
        : new VisitStep(visit with { State = VisitState.Gone, OverAt = at.Now }, "gone", reason.Trim()) { FreesPromise = true };

    public static Outcome<VisitStep> Cancel(Visit visit, At at, string reason) => visit.State != VisitState.Booked ? Wrong("cancel")
        : reason.Length > Reasons.LengthMax ? Reasons.TooLong
        : new VisitStep(visit with { State = VisitState.Cancelled, OverAt = at.Now }, "cancelled", reason.Trim())
        { FreesPlace = true, FreesPromise = true };

    /// <summary>The day is over and nobody came.</summary>
    public static Outcome<VisitStep> Miss(Visit visit, At at) => visit.State != VisitState.Booked ? Wrong("miss")
        : visit.Day >= Platform.Calendar.DayOf(at.Now) ? Refusal.Of("clinics.not_over", "The day of the booking is not over.")
        : new VisitStep(visit with { State = VisitState.NoShow, OverAt = at.Now }, "no_show") { FreesPromise = true };

    /// <summary>The last step that was not taken back yet is as if it had not been; it stays in the history, with the reason.</summary>
    /// <param name="step">Its number, and how the visit stood before it.</param>
    public static Outcome<VisitStep> TakeBack(Visit visit, string act, long step, Stand before, string reason)
    {
        if (Reasons.Missing(reason) is { } none) return none;
        if (act is "given") return Refusal.Of("clinics.given", "A dose that was given stays given. Correct it on the child's immunization page.");
        if (act is "cancelled" or "no_show") return Refusal.Of("clinics.place_gone", "The place may be another child's by now. Book again.");
        if (act is "booked" or "came")
            return Refusal.Of("clinics.first", "Nothing was done yet. Cancel the booking, or say that the child has gone.");
        return new VisitStep(before.On(visit), "taken_back", reason.Trim()) { TakesBack = step, PromisesAgain = act is "deferred" or "gone" };
    }

    private static Refusal Wrong(string act) =>
        Refusal.Of("clinics.state", $"'{act}' is not possible as the visit stands now. Look at it again.");
}
