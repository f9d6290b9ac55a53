using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>Compact JSON. Escapes what JSON may hold raw and some readers take for the end of a line.</summary>
public sealed class FileLines : ITextFormatter
{
    private readonly CompactJsonFormatter json = new();

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "" };
        json.Format(logEvent, text);
        ConsoleLines.WriteLine(text.ToString(), output);
    }
}
