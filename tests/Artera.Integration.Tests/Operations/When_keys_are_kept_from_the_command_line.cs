using System.Diagnostics;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Operations;

public sealed class When_keys_are_kept_from_the_command_line
{
    [Fact]
    public async Task A_secret_is_printed_once_and_mistakes_are_said_in_a_line()
    {
        using var folder = new TempFolder();
        (await Run(folder, "db", "status")).ShouldBe((1, "", "the database cannot be reached, or is not there yet"));
        var (code, secret, complaint) = await Run(folder, "apikey", "add", "bridge", "--role", "staff");
        (code, complaint).ShouldBe((0, ""));
        secret.ShouldStartWith("artera_");
        secret.Length.ShouldBeGreaterThan(40);

        (await Run(folder, "apikey", "add", "bridge", "--role", "staff")).ShouldBe((1, "", "there is, or was, a key of that name"));
        (await Run(folder, "apikey", "revoke", "bridge")).ShouldBe((0, "", ""));
        (await Run(folder, "apikey", "revoke", "bridge")).ShouldBe((1, "", "no key of that name is in force"));
        (await Run(folder, "db", "status")).Code.ShouldBe(0);
    }

    private static async Task<(int Code, string Output, string Error)> Run(TempFolder folder, params string[] arguments)
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
