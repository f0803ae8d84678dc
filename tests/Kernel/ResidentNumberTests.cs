namespace Legwork.Kernel.Tests;

public class ResidentNumberTests
{
    [Theory]
    [InlineData("11010519491231002X")] // the two worked examples of GB 11643-1999
    [InlineData("440524188001010014")]
    [InlineData("540102199003070018")]
    [InlineData(" ５４０１０２１９９００３０７００１８ ")]
    [InlineData("11010519491231002x")]
    [InlineData("11010519491231002Х")] // Cyrillic
    [InlineData("11010519491231002Χ")] // Greek
    [InlineData("11010519491231002×")]
    [InlineData("11010519491231002Ⅹ")]
    [InlineData("༥༤༠༡༠༢༡༩༩༠༠༣༠༧༠༠༡༨")]
    [InlineData("“540102‑19900307‑0018”")]
    public void A_number_with_a_right_check_character_is_read(string written)
    {
        ResidentNumber.TryParse(written, out var number).ShouldBeTrue();
        number.Reveal().Length.ShouldBe(18);
    }

    [Theory]
    [InlineData("110105194912310021")]
    [InlineData("540102199013070018")]
    [InlineData("54010219900307001")]
    [InlineData("")]
    [InlineData("护照E1234567")]
    public void What_is_not_a_number_is_refused(string written) =>
        ResidentNumber.TryParse(written, out _).ShouldBeFalse();

    [Theory]
    [InlineData("540102199003070018", NumberForm.Valid)]
    [InlineData("540102199003070019", NumberForm.Damaged)]
    [InlineData("54010219900307001", NumberForm.Damaged)]
    [InlineData("54O102199003070018", NumberForm.Damaged)]
    [InlineData("5.40102E+17", NumberForm.Lost)]
    [InlineData("5.40102199003070E+17", NumberForm.Lost)]
    [InlineData("540102199003070000", NumberForm.Lost)]
    [InlineData("540102********0018", NumberForm.Lost)]
    [InlineData("000000000000000000", NumberForm.Lost)]
    [InlineData("##########", NumberForm.Lost)]
    [InlineData("暂无", NumberForm.Lost)]
    [InlineData("", NumberForm.Lost)]
    [InlineData("E12345678", NumberForm.OtherPaper)]
    [InlineData("H60012345", NumberForm.OtherPaper)]
    [InlineData("CHN540182100301", NumberForm.OtherPaper)]
    [InlineData("南字第0812345号", NumberForm.OtherPaper)]
    [InlineData("08123456", NumberForm.OtherPaper)]
    public void What_stands_for_a_number_is_told_by_its_form(string written, NumberForm form) =>
        ResidentNumber.FormOf(ResidentNumber.Normalise(written)).ShouldBe(form);

    [Fact]
    public void The_kind_of_paper_decides_where_digits_alone_could_be_either()
    {
        ResidentNumber.FormOf("412345678", isOtherPaper: true).ShouldBe(NumberForm.OtherPaper);
        ResidentNumber.FormOf("412345678", isOtherPaper: false).ShouldBe(NumberForm.Damaged);
        ResidentNumber.FormOf("540102199003070019", isOtherPaper: true).ShouldBe(NumberForm.Damaged, "a mistyped number stays one");
    }

    [Fact]
    public void A_number_prints_masked_and_reveals_only_when_asked()
    {
        ResidentNumber.TryParse("540102199003070018", out var number);
        $"{number}".ShouldBe("540102********0018");
        number.Reveal().ShouldBe("540102199003070018");
        number.Birth.ShouldBe(new DateOnly(1990, 3, 7));
        number.Sex.ShouldBe(Sex.Male);
    }

    [Fact]
    public void A_fifteen_digit_number_gains_its_century_and_check() =>
        ResidentNumber.Normalise("110105491231002").ShouldBe("11010519491231002X");

    [Fact]
    public void Every_single_typo_and_swap_is_detected_and_repairable()
    {
        const string right = "540102199003070018";
        for (var i = 0; i < 17; i++)
        {
            var wrong = right.ToCharArray();
            wrong[i] = (char)('0' + (wrong[i] - '0' + 1) % 10);
            ResidentNumber.IsValid(wrong).ShouldBeFalse();
            ResidentNumber.Repairs(new string(wrong)).ShouldContain(right);
            if (right[i] == right[i + 1]) continue;
            var swapped = right.ToCharArray();
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
            ResidentNumber.IsValid(swapped).ShouldBeFalse();
            ResidentNumber.Repairs(new string(swapped)).ShouldContain(right);
            ResidentNumber.OneEditApart(right, swapped).ShouldBeTrue();
        }
        ResidentNumber.OneEditApart(right, right).ShouldBeFalse();
    }

    [Theory]
    [InlineData("540102", "******")]
    [InlineData("54010219900307001", "540102*******7001")]
    public void A_damaged_number_is_masked_too(string damaged, string masked) => ResidentNumber.Mask(damaged).ShouldBe(masked);
}
