using Marketplace.Web.Shared.Hosting;
using Serilog.Events;
using Serilog.Parsing;

namespace Marketplace.Tests.Hosting;

public sealed class ConsoleLinesTests
{
    [Fact]
    public void Only_an_event_begins_a_line_whatever_its_texts_hold()
    {
        const string Forged = "no\n12:00:00.000 INF inventado\r\u001b[2K\u202e";
        var said = new StringWriter();
        new ConsoleLines().Format(
            new LogEvent(
                DateTimeOffset.UnixEpoch,
                LogEventLevel.Error,
                new InvalidOperationException(Forged),
                new MessageTemplateParser().Parse("It failed: {Reason}"),
                [new LogEventProperty("Reason", new ScalarValue(Forged))]
            ),
            said
        );
        var lines = said.ToString().Split(said.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(@"It failed: no\u000a12:00:00.000 INF inventado\u000d\u001b[2K\u202e", lines[0]);
        Assert.True(lines.Length > 1);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    ", line));
    }
}
