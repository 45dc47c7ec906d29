namespace Artera.Integration.Mapping.Tests;

/// <summary>The repository's mappings, found from wherever the tests run.</summary>
internal static class MappingsFolder
{
    public static string Path { get; } = Find();

    public static Mapper Mapper(string emr, MessageForm form = MessageForm.Hl7)
    {
        MappingFile.TryLoad(System.IO.Path.Combine(Path, emr), out var file, out var errors, form).ShouldBeTrue(string.Join('\n', errors));
        return Artera.Integration.Mapping.Mapper.Compile(file!);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "mappings", "hl7.schema.json")))
                return System.IO.Path.Combine(folder.FullName, "mappings");
        }

        throw new DirectoryNotFoundException("mappings");
    }
}
