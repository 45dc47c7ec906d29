using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Artera.Integration.Operations.Settings;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.Configuration;

namespace Artera.Integration.Tests.Operations;

public sealed partial class The_sample_of_the_settings
{
    private readonly SettingsSample sample = new();

    public static TheoryData<string> Sections => [.. SettingsManifest.Sections.Select(section => section.Name)];

    [Fact]
    public void Has_every_key_once_and_no_other()
    {
        var known = SettingsManifest.Sections.SelectMany(section => Keys(section.Default.GetType(), section.Name)).ToList();
        sample.Keys().Except(known).ShouldBeEmpty("unknown to the server");
        known.Except(sample.Keys()).ShouldBeEmpty("missing in the sample");
        sample.Keys().ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Says_the_default(string name)
    {
        var section = SettingsManifest.Sections.Single(row => row.Name == name);
        var bound = SettingsSample.Values.GetSection(name).Get(section.Default.GetType()) ?? Activator.CreateInstance(section.Default.GetType())!;
        Written(Once(bound)).ShouldBe(Written(section.Default));
    }

    [Fact]
    public void Says_of_each_key_what_it_is()
    {
        var bare = sample.Lines.Zip(sample.Lines.Skip(1)).Where(pair => Key().IsMatch(pair.Second) && !Prose().IsMatch(pair.First)).Select(pair => pair.Second.Trim());
        bare.ShouldBeEmpty();
    }

    [Fact]
    public void Has_all_options_of_the_house()
    {
        var listed = SettingsManifest.Sections.SelectMany(section => Classes(section.Default.GetType())).ToHashSet();
        typeof(SettingsManifest).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.FullName!.StartsWith("Artera.", StringComparison.Ordinal) && type is { IsPublic: true, IsAbstract: false } && !listed.Contains(type))
            .Select(type => type.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_settings_that_the_server_starts_with()
    {
        var settings = SettingsSample.Values.AsEnumerable().Where(pair => pair.Value is not null)
            .Where(pair => pair.Key is not ("Database:Provider" or "Database:ConnectionString" or "Http:Port" or "Logs:Level" or "Feeds:0:Mllp:Port")).ToArray();
        await using var server = await TestServer.Start(settings: settings);
        server.MllpPort.ShouldBeGreaterThan(0);
    }

    private static IEnumerable<string> Keys(Type type, string path)
    {
        if (Entry(type) is { } entry)
            return IsValue(entry) ? [path] : Keys(entry, $"{path}[]");
        return IsValue(type) ? [path] : Settable(type).SelectMany(property => Keys(property.PropertyType, $"{path}:{property.Name}"));
    }

    private static IEnumerable<Type> Classes(Type type)
    {
        var one = Entry(type) ?? type;
        return IsValue(one) ? [] : [one, .. Settable(one).SelectMany(property => Classes(property.PropertyType))];
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is { IsPublic: true });

    private static Type? Entry(Type type) => type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable))
        ? null
        : type.IsArray ? type.GetElementType() : type.GetGenericArguments()[0];

    private static bool IsValue(Type type) => type.IsValueType || type == typeof(string);

    private static string Written(object settings) => JsonSerializer.Serialize(settings, settings.GetType());

    /// <summary>The binder adds to a list that has a default; the rooms clear theirs first.</summary>
    private static object Once(object settings)
    {
        if (settings is IList)
            return settings;
        foreach (var list in Settable(settings.GetType()).Select(property => property.GetValue(settings)).OfType<IList>().Where(list => !list.IsFixedSize))
        {
            var entries = list.Cast<object>().Distinct().ToList();
            list.Clear();
            entries.ForEach(entry => list.Add(entry));
        }

        return settings;
    }

    [GeneratedRegex("""^\s*(//: *)?"\w+":""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\s*//[^:]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prose();
}
