using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Operations;

public sealed class When_keys_are_kept_from_the_command_line
{
    [Fact]
    public async Task A_secret_is_printed_once_and_mistakes_are_said_in_a_line()
    {
        using var folder = new TempFolder();
        (await Cli.Run(folder, "db", "status")).ShouldBe((1, "", "the database cannot be reached, or is not there yet: run db migrate"));
        var (code, secret, complaint) = await Cli.Run(folder, "apikey", "add", "bridge", "--role", "staff");
        (code, complaint).ShouldBe((0, ""));
        secret.ShouldStartWith("artera_");
        secret.Length.ShouldBeGreaterThan(40);

        (await Cli.Run(folder, "apikey", "add", "bridge", "--role", "staff")).ShouldBe((1, "", "there is, or was, a key of that name"));
        (await Cli.Run(folder, "apikey", "revoke", "bridge")).ShouldBe((0, "", ""));
        (await Cli.Run(folder, "apikey", "revoke", "bridge")).ShouldBe((1, "", "no key of that name is in force"));
        (await Cli.Run(folder, "db", "status")).Code.ShouldBe(0);
    }
}
