using System.Runtime.InteropServices;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// Reserves what this process creates to its own account: files get mode 0600, folders 0700. The mask of the process
/// covers also what libraries create: the database with its log, log files, large uploads, crash dumps.
/// </summary>
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
