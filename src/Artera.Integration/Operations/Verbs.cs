using System.CommandLine;
using Artera.Integration.Demo;
using Artera.Integration.Operations.Held;
using Artera.Integration.Operations.Keys;
using Artera.Integration.Operations.Simulate;

namespace Artera.Integration.Operations;

/// <summary>The command line: one verb a file.</summary>
internal static class Verbs
{
    /// <summary>Longer than the host takes to let its parts finish (30 s): whoever is told to stop is not cut off before.</summary>
    private static readonly InvocationConfiguration Patient = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) };

    /// <summary>Says what is wrong on standard error.</summary>
    public static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }

    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("EMR integration engine and patient-conversation server")
        {
            ServeVerb.Create(),
            DemoVerb.Create(),
            MapVerb.Create(),
            SendVerb.Create(),
            LoadVerb.Create(),
            HeldVerb.Create(),
            ReplayVerb.Create(),
            SimulateVerb.Create(),
            EnterpriseVerb.Create(),
            DbVerb.Create(),
            ApiKeyVerb.Create(),
        };
        root.SetAction((_, cancellation) => ServeVerb.Serve([], cancellation));
        return root.Parse(args).InvokeAsync(Patient);
    }
}
