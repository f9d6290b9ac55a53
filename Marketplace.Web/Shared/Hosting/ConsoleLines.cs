using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>Escapes control and format characters, with which input could forge lines or reverse text.</summary>
public sealed class ConsoleLines : ITextFormatter
{
    private const string Indent = "    ";

    private readonly MessageTemplateTextFormatter line = new(
        "{Timestamp:HH:mm:ss.fff} {Level:u3} {TraceId} {Message:lj}",
        CultureInfo.InvariantCulture
    );

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        line.Format(logEvent, text);
        WriteLine(text.ToString(), output);
        foreach (var part in logEvent.Exception?.ToString().ReplaceLineEndings("\n").Split('\n') ?? [])
            WriteLine(Indent + part, output);
    }

    internal static void WriteLine(string text, TextWriter output)
    {
        foreach (var character in text)
        {
            if (BreaksLine(character))
                output.Write($"\\u{(int)character:x4}");
            else
                output.Write(character);
        }
        output.WriteLine();
    }

    private static bool BreaksLine(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
