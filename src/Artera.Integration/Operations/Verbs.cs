using System.CommandLine;

namespace Artera.Integration.Operations;

/// <summary>The command line: one verb a file.</summary>
internal static class Verbs
{
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("EMR integration engine and patient-conversation server")
        {
            ServeVerb.Create(),
        };
        root.SetAction((_, cancellation) => ServeVerb.Serve([], cancellation));
        return root.Parse(args).InvokeAsync();
    }
}
