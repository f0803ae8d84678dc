using System.Text;
using Legwork.Messages.Channels;
using Legwork.Platform.Storage;

namespace Legwork.Messages.Tests;

public class FileTests
{
    private static readonly DateTimeOffset Noon = new StoppedClock().GetUtcNow();

    [Fact]
    public async Task A_batch_begun_again_is_the_same_file_which_its_owner_alone_reads_and_no_spreadsheet_runs()
    {
        using var test = TestStore.Bare(Engine.Sqlite);
        var way = new FileWay("sms", test.In("outgoing"), new StoppedClock());
        var batch = new[] { One("13900000001", "=1+1"), One("13900000002", "好, \"引号\""), One("13900000003", "x") with { NotAfter = Noon } };
        var cancel = TestContext.Current.CancellationToken;
        var first = await way.Hand("k-sms", batch, cancel);
        var again = await way.Hand("k-sms", batch, cancel);
        again.ShouldBe(first);
        first.Select(one => one.Outcome).ShouldBe(["handed", "handed", "late"]);
        var file = new DirectoryInfo(test.In("outgoing")).GetFiles().ShouldHaveSingleItem();
        file.Name.ShouldBe("k-sms.csv");
        if (!OperatingSystem.IsWindows()) file.UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancel);
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[1].ShouldNotContain(",=1+1");
        lines[2].ShouldContain("\"好, \"\"引号\"\"\"");
    }

    [Fact]
    public async Task Letters_are_a_page_each_in_Chinese_and_Tibetan()
    {
        using var test = TestStore.Bare(Engine.Sqlite);
        var way = new LetterWay(test.In("outgoing"), new StoppedClock());
        var handed = await way.Hand("k-letter",
            [One("拉萨市城关区\n八廓街 3 号", "您申请更正的“电话”：已采纳。"), One("八廓街 4 号", "ཞུ་གཏུགས་ལ་ལན་བྱུང་།")],
            TestContext.Current.CancellationToken);
        handed.ShouldAllBe(one => one.Proof == "k-letter.pdf");
        var pdf = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(test.In("outgoing/k-letter.pdf"), TestContext.Current.CancellationToken));
        pdf.ShouldStartWith("%PDF-");
        pdf.Split("/Type /Page\n").Length.ShouldBe(3);
    }

    [Fact]
    public void Lines_break_between_signs_after_a_tsheg_and_between_words_and_lose_nothing()
    {
        var words = string.Join(' ', Enumerable.Repeat("letter", 60));
        foreach (var text in new[] { new string('字', 90), string.Concat(Enumerable.Repeat("བཀྲ་ཤིས་", 40)), words, "一\n\n二" })
        {
            var lines = LetterWay.Lines(text, part => part.Length * 13).ToList();
            string.Concat(lines).Replace(" ", "").ShouldBe(text.Replace("\n", "").Replace(" ", ""));
            lines.ShouldAllBe(line => line.Length <= 36 && (line.Length == 0 || !char.IsWhiteSpace(line[0])));
        }
        LetterWay.Lines(new string('字', 34) + "，好", part => part.Length * 13)
            .ShouldAllBe(line => line[0] != '，', "no line begins with a comma");
    }

    private static Handing One(string to, string text) => new(Guid.CreateVersion7(), to, "卓玛", "通知", text, "zh-CN", Noon.AddDays(1));
}
