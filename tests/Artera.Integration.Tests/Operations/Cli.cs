using System.Diagnostics;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Operations;

/// <summary>The program as it is shipped, in a folder of its own.</summary>
internal static class Cli
{
    public static async Task<(int Code, string Output, string Error)> Run(TempFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "artera-integration.dll"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }
}
