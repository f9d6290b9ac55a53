using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class CsvTests
{
    [Theory]
    [InlineData("hola", "\"hola\"\r\n")]
    [InlineData("di \"hola\", ya\nvoy", "\"di \"\"hola\"\", ya\nvoy\"\r\n")]
    [InlineData("=1+1", "\"'=1+1\"\r\n")]
    [InlineData("+34 600", "\"'+34 600\"\r\n")]
    [InlineData("-2", "\"'-2\"\r\n")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"\r\n")]
    [InlineData("\t=1", "\"'\t=1\"\r\n")]
    [InlineData("＝1", "\"'＝1\"\r\n")]
    [InlineData(null, "\"\"\r\n")]
    public void A_cell_is_text_for_every_spreadsheet(string? text, string line) => Assert.Equal(line, Csv.Line(text));
}
