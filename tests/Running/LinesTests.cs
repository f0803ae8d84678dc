using Legwork.Host;
using Legwork.Host.Doctor;
using Legwork.Platform.Modules;

namespace Legwork.Running.Tests;

/// <summary>What the doctor says of the lines to other machines.</summary>
public class LinesTests
{
    [Theory]
    [InlineData("Host=db.example;SSL Mode=Require"), InlineData("Host=10.0.0.21;Port=5000"), InlineData("Host=db.example;SSL Mode=VerifyCA")]
    [InlineData("Host=localhost,db2.example:5433;SSL Mode=Prefer"), InlineData("Host=127.0.0.1.example.cn")]
    public void A_storage_elsewhere_whose_certificate_nobody_looks_at_is_told_with_what_to_do(string storage)
    {
        var told = Lines.Look(new DistrictOptions { Storage = storage + ";Username=legwork;Password=only-for-tests" }).ShouldHaveSingleItem();
        told.Health.ShouldBe(Health.Warn);
        told.Do.ShouldContain("SSL Mode=VerifyFull");
        (told.Says + told.Do).ShouldNotContain("only-for-tests");
        Lines.Look(new DistrictOptions { Copies = storage }).ShouldHaveSingleItem().Says.ShouldStartWith("Copies: ");
    }

    [Theory]
    [InlineData(""), InlineData("Host=localhost"), InlineData("Host=127.0.0.1;Port=5433"), InlineData("Host=::1")]
    [InlineData("Host=/var/run/postgresql")]
    [InlineData("Host=db.example;SSL Mode=VerifyFull;Root Certificate=/etc/ssl/db.pem"), InlineData("no connection string")]
    public void A_line_that_leaves_this_machine_sealed_and_checked_or_not_at_all_is_told_of_nothing(string storage) =>
        Lines.Look(new DistrictOptions { Storage = storage }).ShouldBeEmpty();

    [Theory]
    [InlineData("http://collector.example:4318", 1), InlineData("https://collector.example:4318", 0), InlineData("http://127.0.0.1:4318", 0)]
    public void A_receiver_of_figures_without_TLS_is_told(string receiver, int told) =>
        Lines.Look(new DistrictOptions { Telemetry = receiver }).Count().ShouldBe(told);
}
