using System.Runtime.CompilerServices;

namespace Artera.Integration.Tests.Harness;

internal static class NoWatching
{
    /// <summary>Each server would watch its settings for changes, and a machine has only so many watches to give.</summary>
    [ModuleInitializer]
    internal static void Begin() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
