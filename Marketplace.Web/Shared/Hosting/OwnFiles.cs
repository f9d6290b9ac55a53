using System.Runtime.InteropServices;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>Files get mode 0600, folders 0700, by the process's mask, which covers libraries too.</summary>
internal static class OwnFiles
{
    private const uint NothingForOthers = 0x3F; // 077

    public static void Reserve()
    {
        if (!OperatingSystem.IsWindows())
            _ = Umask(NothingForOthers);
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
