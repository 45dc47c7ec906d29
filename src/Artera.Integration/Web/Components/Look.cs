using MudBlazor;

namespace Artera.Integration.Web.Components;

/// <summary>Light, calm, and no font that must be fetched.</summary>
internal static class Look
{
    private static readonly string[] Fonts = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b6e73",
            Secondary = "#5b4b8a",
            Success = "#2e7d32",
            Warning = "#b26a00",
            Error = "#b3261e",
            Info = "#1f5f99",
            Background = "#f4f6f7",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600" },
        },
    };
}
