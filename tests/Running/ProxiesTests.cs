using System.Net;
using Legwork.Host;
using Legwork.Host.Doctor;
using Legwork.Host.Web;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;

namespace Legwork.Running.Tests;

/// <summary>Proxies as operators name them.</summary>
public class ProxiesTests
{
    [Theory]
    [InlineData("172.18.0.0/16", "172.18.3.4", "172.19.0.1")]
    [InlineData("10.0.0.7/8", "10.200.1.1", "11.0.0.1")]
    [InlineData("192.0.2.7, 2001:db8::/32", "2001:db8::9", "192.0.2.8")]
    [InlineData("[2001:db8::1]", "2001:db8::1", "2001:db8::2")]
    [InlineData("localhost", "127.0.0.1", "127.0.0.2")]
    public void An_address_and_a_range_are_believed_and_no_other(string setting, string known, string stranger)
    {
        var ranges = KnownProxies.Read([setting]);
        ranges.ShouldContain(range => range.Contains(IPAddress.Parse(known)));
        ranges.ShouldNotContain(range => range.Contains(IPAddress.Parse(stranger)));
    }

    [Theory]
    [InlineData("172.18.0.0/33")]
    [InlineData("172.18.0.0/x")]
    [InlineData("proxy.example")]
    public void What_is_no_address_is_named_with_its_setting_by_the_server_and_by_doctor(string word)
    {
        Should.Throw<FormatException>(() => KnownProxies.Read(["10.0.0.1", word])).Message.ShouldBe(
            $"Proxies: {word} is no address and no range such as 172.18.0.0/16.");
        using var place = new Place(Engine.Sqlite);
        var options = new DistrictOptions { Data = place.Folder, Proxies = [word] };
        new Examination(options, TimeProvider.System).Run()
            .ShouldContain(sign => sign.Health == Health.Bad && sign.Says.StartsWith($"Proxies: {word}"));
    }
}
