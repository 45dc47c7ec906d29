using Artera.Integration.Mapping;

namespace Artera.Integration.Feeds;

/// <summary>
/// A feed's mapping, and the file it comes from, which people change while the server runs. A changed file that is not
/// valid changes nothing: the mapping before it stays in force, and <see cref="Trouble"/> says why.
/// </summary>
public sealed class MappingInForce
{
    private readonly Lock changing = new();
    private readonly WriteBackTarget? writeBack;
    private volatile Mapper mapper;
    private volatile IReadOnlyList<string> trouble = [];
    private volatile int version;
    private string text;

    private MappingInForce(string path, string text, MappingFile file, WriteBackTarget? writeBack) =>
        (Path, this.text, mapper, this.writeBack) = (path, text, Mapper.Compile(file), writeBack);

    /// <summary>The mapping file.</summary>
    public string Path { get; }

    public Mapper Mapper => mapper;

    /// <summary>Another number with every mapping that comes into force.</summary>
    public int Version => version;

    /// <summary>What is wrong with the file as it is now, each with its place; empty when it is the mapping in force.</summary>
    public IReadOnlyList<string> Trouble => trouble;

    internal static MappingInForce? Load(string path, WriteBackTarget? writeBack, MessageForm form, out IReadOnlyList<string> errors)
    {
        var source = Directory.Exists(path) ? System.IO.Path.Combine(path, form.FileName()) : path;
        var yaml = File.Exists(source) ? File.ReadAllText(source) : null;
        MappingFile? file = null;
        errors = MessageForms.Of(source) == form ? Check(source, yaml, out file) : [$"{source}:1:1: a feed with Fhir has a mapping called fhir.yaml, and one without has none"];
        return errors.Count > 0 ? null : new MappingInForce(source, yaml!, file!, writeBack);
    }

    /// <summary>Reads the file again.</summary>
    /// <returns>True when another mapping is in force now.</returns>
    public bool Follow()
    {
        lock (changing)
        {
            if (Read() is not { } now)
                return false;
            if (now == text)
            {
                trouble = [];
                return false;
            }

            trouble = [.. Check(Path, now, out var file), .. WriteBackChecks.NothingToSay(writeBack, file)];
            if (trouble.Count > 0)
                return false;
            (text, mapper, version) = (now, Mapper.Compile(file!), version + 1);
            return true;
        }
    }

    /// <summary>Writes a code into a table of the file; the mapping that says so is in force when it returns.</summary>
    /// <returns>Why it cannot be written; null when it is.</returns>
    public string? GiveMeaning(string table, string code, string? meaning)
    {
        lock (changing)
        {
            try
            {
                if (!MappingText.TryAddCode(File.ReadAllText(Path), Path, table, code, meaning, out var changed, out var error))
                    return error;
                Write(changed);
                Follow();
                return null;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                return $"{Path} cannot be written: {refused.GetType().Name}";
            }
        }
    }

    private string? Read()
    {
        try
        {
            return File.ReadAllText(Path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            trouble = [$"{Path} cannot be read: {gone.GetType().Name}"];
            return null;
        }
    }

    /// <summary>Whole or not at all: a server that starts must never find half a mapping.</summary>
    private void Write(string changed)
    {
        var target = File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path;
        var draft = target + ".draft";
        File.Copy(target, draft, overwrite: true);
        File.WriteAllText(draft, changed);
        File.Move(draft, target, overwrite: true);
    }

    private static IReadOnlyList<string> Check(string path, string? yaml, out MappingFile? file)
    {
        file = null;
        if (yaml is null)
            return [$"{path}:1:1: there is no such file"];
        return MappingFile.TryParse(yaml, path, out file, out var wrong) ? [] : [.. wrong.Select(error => error.ToString())];
    }
}
