using System.CommandLine;
using Artera.Integration.Enterprise;
using Mediator;

namespace Artera.Integration.Operations.Keys;

internal static class ApiKeyVerb
{
    private const string By = "cli";

    public static Command Create() => new("apikey", "Machine clients of the JSON API.") { Add(), Revoke() };

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "What the client is called in the audit log." };
        var role = new Option<Role>("--role") { Description = "What it may do: staff, manager or enterprise.", Required = true };
        var verb = new Command("add", "Add a key and print its secret, once.") { name, role };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(
            async sender =>
            {
                if (await sender.Send(new AddApiKey(parsed.GetRequiredValue(name), parsed.GetValue(role), By), cancellation) is not { } secret)
                    return Verbs.Fail("there is, or was, a key of that name");
                await Console.Out.WriteLineAsync(secret);
                return 0;
            },
            cancellation));
        return verb;
    }

    private static Command Revoke()
    {
        var name = new Argument<string>("name") { Description = "The key's name." };
        var verb = new Command("revoke", "Revoke a key; servers that run notice within seconds.") { name };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(
            async sender => await sender.Send(new RevokeApiKey(parsed.GetRequiredValue(name), By), cancellation)
                ? 0
                : Verbs.Fail("no key of that name is in force"),
            cancellation));
        return verb;
    }
}
