using System.Globalization;
using System.Text;

namespace Legwork.Journeys.Tests;

/// <summary>A file of an older system about a child: a dose that fits, one before the birth, one of nobody.</summary>
internal static class OldDoses
{
    public const string FileName = "旧免疫系统接种记录_2025.csv";

    public static string Csv(ServedDistrict served, string name, string child)
    {
        var birth = DateOnly.ParseExact(served.Store.Read(session => session.Query<string>(
            $"select birth from people_file where cast(id as text) = '{child}'"))[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return string.Join("\r\n", "受种者姓名,出生日期,身份证件号码,疫苗,接种时间,疫苗批号,部位,接种门诊", Row(name, birth, birth.AddDays(1)), Row(name, birth, birth.AddDays(-1)),
            Row("没有此人", birth, birth.AddDays(1))) + "\r\n";

        static string Row(string name, DateOnly birth, DateOnly on) => $"{name},{birth:yyyy-MM-dd},,卡介苗,{on:yyyy-MM-dd},A1,,旧门诊";
    }

    /// <returns>The number of the take-over, tried.</returns>
    public static async Task<string> Try(ServedDistrict served, Visitor clerk, string name, string child)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await clerk.Token("/")), "csrf" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Csv(served, name, child))), "file", FileName },
        };
        using var answer = await clerk.Send(new HttpRequestMessage(HttpMethod.Post, "/histories") { Content = form });
        var take = answer.Headers.Location!.OriginalString.Split('/')[^1];
        await Until(served, take, "tried");
        return take;
    }

    public static async Task Until(ServedDistrict served, string take, string state)
    {
        while (served.Store.Read(session => session.Query<string>($"select state from histories_take where id = {take}"))[0] != state)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
