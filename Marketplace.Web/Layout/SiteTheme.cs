using MudBlazor;

namespace Marketplace.Web.Layout;

/// <summary>All colours; rendered to <c>Styles/theme.css</c>, as a provider takes 40 KiB per circuit.</summary>
public static class SiteTheme
{
    // "Emoji" (base.css) holds emoji only. A desktop font would draw them grey, and an emoji font would draw digits.
    private static readonly string[] Fonts =
    [
        "Emoji",
        "-apple-system",
        "Segoe UI Variable Text",
        "Segoe UI",
        "Roboto",
        "Helvetica Neue",
        "Inter",
        "system-ui",
        "sans-serif",
    ];

    public static MudTheme Theme { get; } =
        new()
        {
            PaletteLight = Light(),
            PaletteDark = Dark(),
            LayoutProperties = new LayoutProperties { DefaultBorderRadius = "12px", AppbarHeight = "60px" },
            Typography = Type(),
            Shadows = Elevation(),
        };

    private static PaletteLight Light() =>
        new()
        {
            Primary = "#0b6e5f",
            PrimaryContrastText = "#ffffff",
            PrimaryDarken = "#08574b",
            PrimaryLighten = "#12a08a",
            Secondary = "#37443f",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#8a5200",
            TertiaryContrastText = "#ffffff",
            Info = "#24569f",
            InfoContrastText = "#ffffff",
            Success = "#1f7238",
            SuccessContrastText = "#ffffff",
            Warning = "#8a5200",
            WarningLighten = "#d9930f",
            WarningContrastText = "#ffffff",
            Error = "#b3261e",
            ErrorContrastText = "#ffffff",
            Dark = "#26302c",
            DarkContrastText = "#ffffff",
            TextPrimary = "#18211e",
            TextSecondary = "#55605b",
            TextDisabled = "#6b746f",
            ActionDefault = "#46524d",
            ActionDisabled = "#8b948f",
            ActionDisabledBackground = "#e7e9e6",
            Surface = "#ffffff",
            Background = "#f6f6f3",
            BackgroundGray = "#eeefeb",
            DrawerBackground = "#ffffff",
            DrawerText = "#18211e",
            DrawerIcon = "#55605b",
            AppbarBackground = "#ffffff",
            AppbarText = "#18211e",
            LinesDefault = "#e2e4df",
            LinesInputs = "#858e89",
            Divider = "#e2e4df",
            TableLines = "#eceee9",
            TableHover = "rgba(24,33,30,0.03)",
            Skeleton = "rgba(24,33,30,0.09)",
            OverlayDark = "rgba(16,22,20,0.48)",
        };

    private static PaletteDark Dark() =>
        new()
        {
            Primary = "#5fd0ba",
            PrimaryContrastText = "#05231d",
            PrimaryDarken = "#8fe3d2",
            PrimaryLighten = "#3fae99",
            Secondary = "#c3ceca",
            SecondaryContrastText = "#18211e",
            Tertiary = "#f0c069",
            TertiaryContrastText = "#2c1b00",
            Info = "#a6c6ff",
            InfoContrastText = "#0a1f45",
            Success = "#86d79b",
            SuccessContrastText = "#062611",
            Warning = "#f0c069",
            WarningContrastText = "#2c1b00",
            Error = "#ffb1a8",
            ErrorContrastText = "#4a0905",
            Dark = "#dfe5e2",
            DarkContrastText = "#141a18",
            TextPrimary = "#e7ecea",
            TextSecondary = "#a7b1ad",
            TextDisabled = "#8a9490",
            ActionDefault = "#bcc6c2",
            ActionDisabled = "#66706c",
            ActionDisabledBackground = "#262d2b",
            Surface = "#181e1c",
            Background = "#101513",
            BackgroundGray = "#0c100f",
            DrawerBackground = "#141a18",
            DrawerText = "#e7ecea",
            DrawerIcon = "#a7b1ad",
            AppbarBackground = "#141a18",
            AppbarText = "#e7ecea",
            LinesDefault = "#2b3330",
            LinesInputs = "#75807b",
            Divider = "#2b3330",
            TableLines = "#232a28",
            TableHover = "rgba(231,236,234,0.04)",
            Skeleton = "rgba(231,236,234,0.1)",
            OverlayDark = "rgba(0,0,0,0.6)",
        };

    private static Typography Type() =>
        new()
        {
            Default = new DefaultTypography
            {
                FontFamily = Fonts,
                FontSize = ".9375rem",
                LineHeight = "1.375rem",
                LetterSpacing = "normal",
            },
            H4 = Step<H4Typography>("1.75rem", "2.125rem", "700"),
            H5 = Step<H5Typography>("1.375rem", "1.75rem", "700"),
            H6 = Step<H6Typography>("1.125rem", "1.5rem", "600"),
            Subtitle1 = Step<Subtitle1Typography>("1rem", "1.5rem", "400"),
            Subtitle2 = Step<Subtitle2Typography>(".9375rem", "1.375rem", "600"),
            Body1 = Step<Body1Typography>(".9375rem", "1.375rem", "400"),
            Body2 = Step<Body2Typography>(".8125rem", "1.125rem", "400"),
            Caption = Step<CaptionTypography>(".75rem", "1rem", "400"),
            Button = Step<ButtonTypography>(".9375rem", "1.375rem", "600"),
        };

    private static T Step<T>(string size, string line, string weight)
        where T : BaseTypography, new() =>
        new()
        {
            FontFamily = Fonts,
            FontSize = size,
            LineHeight = line,
            FontWeight = weight,
            LetterSpacing = "normal",
            TextTransform = "none",
        };

    private static Shadow Elevation()
    {
        const string floats = "0 1px 2px rgba(10,20,16,.08),0 6px 20px rgba(10,20,16,.12)";
        const string interrupts = "0 2px 6px rgba(10,20,16,.12),0 18px 48px rgba(10,20,16,.24)";
        return new Shadow
        {
            Elevation =
            [
                .. Enumerable
                    .Range(0, 26)
                    .Select(level =>
                        level == 0 ? "none"
                        : level < 16 ? floats
                        : interrupts
                    ),
            ],
        };
    }
}
