namespace Artera.Integration.Tests.Harness;

/// <summary>The folder that the solution is in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string Find(DirectoryInfo folder) =>
        folder.GetFiles("Artera.Integration.sln").Length > 0 ? folder.FullName : Find(folder.Parent!);
}
