using System.Text;
using Legwork.Webhooks.Sending;

namespace Legwork.Webhooks.Tests;

public class SignatureTests
{
    [Fact]
    public void The_example_of_standard_webhooks_is_signed_as_it_is_published()
    {
        var key = Signature.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
        Signature.Of([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        Signature.Of([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265331, body).ShouldNotContain("g0hM9SsE");
        Signature.Of([key], "msg_p5jXN8AQM9LWM0D4loKWxJeX", 1614265330, body).ShouldNotContain("g0hM9SsE");
    }

    [Fact]
    public void A_secret_has_the_length_that_the_standard_asks_and_is_never_the_same()
    {
        var (one, other) = (Signature.NewSecret(), Signature.NewSecret());
        Signature.KeyOf(one).Length.ShouldBeInRange(24, 64);
        one.ShouldNotBe(other);
        Should.Throw<FormatException>(() => Signature.KeyOf("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }

    [Fact]
    public void Tries_follow_the_published_schedule_with_some_scatter_and_end()
    {
        var waits = Enumerable.Range(1, Schedule.TriesMax).Select(tries => Schedule.After(tries, Guid.NewGuid(), null)).ToList();
        TimeSpan[] published = [.. new[] { 5.0, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400 }.Select(TimeSpan.FromSeconds)];
        for (var i = 0; i < published.Length; i++) waits[i]!.Value.ShouldBeInRange(published[i], published[i] * 1.1);
        waits[^1].ShouldBeNull();
        waits.Count.ShouldBe(published.Length + 1);
        Schedule.After(1, Guid.Empty, TimeSpan.FromHours(3)).ShouldBe(TimeSpan.FromHours(3));
        Schedule.After(4, Guid.Empty, TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromHours(2));
    }
}
