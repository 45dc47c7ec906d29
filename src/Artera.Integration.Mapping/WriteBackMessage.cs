using System.Diagnostics.CodeAnalysis;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Mapping.Reading;

namespace Artera.Integration.Mapping;

/// <summary>Builds one write-back, and checks by the mapping itself that it names the appointment that is meant.</summary>
internal sealed class WriteBackMessage(Mapper mapper, RuleSet rules, WriteBackRequest request)
{
    public bool TryBuild([NotNullWhen(true)] out byte[]? message, [NotNullWhen(false)] out Cause? problem)
    {
        message = null;
        if (mapper.WriteBack is not { } template || !template.Answers.TryGetValue(request.Verb, out var answer))
        {
            problem = new("not-supported", $"writeback.{Kebab.Of(request.Verb.ToString())}");
            return false;
        }

        if (!TryBegin(template, out var builder, out problem))
            return false;
        var messageEvent = answer.Send ?? template.Send;
        new WriteBackHeader(template, request).Write(builder, messageEvent);
        foreach (var path in template.Clear)
            SetEverywhere(builder, path, "");
        Set(builder, answer.Sets.Where(set => set.Path.Segment != ScheduleRequest.Segment));
        if (answer.Note is { } note)
            Note(builder, WriteBackText.Fill(note, request));
        problem = new("other-appointment", MappingFields.AppointmentId.Name, rules[MappingFields.AppointmentId]?.Written);
        if (!Names(builder.Message))
            return false;
        if (ScheduleRequest.Is(messageEvent))
            ScheduleRequest.Make(builder);
        Set(builder, answer.Sets.Where(set => set.Path.Segment == ScheduleRequest.Segment));
        message = builder.ToArray();
        return true;
    }

    private void Set(Hl7MessageBuilder builder, IEnumerable<WriteBackSet> sets)
    {
        foreach (var set in sets)
            SetEverywhere(builder, set.Path, WriteBackText.Fill(set.Text, request));
    }

    private bool TryBegin(WriteBackTemplate template, [NotNullWhen(true)] out Hl7MessageBuilder? builder, [NotNullWhen(false)] out Cause? problem)
    {
        builder = null;
        problem = null;
        if (request.LastMessage is { } raw)
        {
            var last = Hl7Message.TryRead(WithCarriageReturns(raw), out var unreadable);
            if (last is null || unreadable is not null)
            {
                problem = new("unreadable", Path: unreadable?.Segment);
                return false;
            }

            builder = OfThePatient(Hl7MessageBuilder.Edit(last));
        }

        builder ??= Minimal(template);
        if (builder is null)
            problem = new("missing", MappingFields.Start.Name);
        return problem is null;
    }

    /// <summary>The EMR's message without its notes, resources that it took away and other patients of a group visit; null when it does not speak of the patient.</summary>
    private Hl7MessageBuilder? OfThePatient(Hl7MessageBuilder builder)
    {
        var patients = Hl7Groups.Patients(builder.Message);
        var meant = Array.FindIndex(patients, patient => Read(patient, MappingFields.PatientId) == request.PatientId);
        if (meant < 0)
            return null;
        var others = patients.Length == 1 ? [] : patients.Where((_, i) => i != meant).SelectMany(Indexes).ToHashSet();
        others.UnionWith(MessageGroups.TakenAway(builder.Message).SelectMany(Indexes));
        for (var i = builder.Message.Segments.Count - 1; i > 0; i--)
        {
            if (others.Contains(i) || builder.Message.Segments[i].Name == "NTE")
                builder.Remove(builder.Message.Segments[i]);
        }

        return builder;
    }

    private static IEnumerable<int> Indexes(Hl7Range range)
    {
        List<int> indexes = [];
        foreach (var segment in range.Segments)
            indexes.Add(segment.Index);
        return indexes;
    }

    private Hl7MessageBuilder? Minimal(WriteBackTemplate template)
    {
        if (request.Start is not { } start)
            return null;
        var builder = Hl7MessageBuilder.New().Set("MSH-11", "P");
        builder.Set(template.Id ?? FirstPath(MappingFields.AppointmentId, "SCH") ?? Hl7Path.Parse("SCH-2.1"), EmrsOwnId);
        builder.Set("SCH-11.4", WriteBackText.Timestamp(start));
        builder.Set("PID-1", "1").Set(FirstPath(MappingFields.PatientId, "PID") ?? Hl7Path.Parse("PID-3.1"), request.PatientId);
        return builder.Set("RGS-1", "1");
    }

    /// <summary>Sets the place in every segment of the name. A first component begins the field anew: a code's old text must not stand beside the new code.</summary>
    private static void SetEverywhere(Hl7MessageBuilder builder, Hl7Path path, string text)
    {
        var segments = 0;
        foreach (var segment in builder.Message.Segments)
            segments += segment.Name == path.Segment ? 1 : 0;
        for (var i = 1; i <= Math.Max(1, segments); i++)
        {
            var here = path.Which.Length > 0 ? path : path.InSegment(i);
            if (path.Component == 1 && path.Subcomponent <= 1)
                builder.Set(here.OfRepetitions(), "");
            if (text.Length > 0 || segments > 0)
                builder.Set(here, text);
            if (path.Which.Length > 0)
                break;
        }
    }

    private static void Note(Hl7MessageBuilder builder, string note)
    {
        builder.Add("NTE", builder.Message.Whole.Segment("SCH"));
        builder.Set("NTE-1", "1").Set("NTE-3", note);
    }

    private bool Names(Hl7Message built) =>
        Read(built.Whole, MappingFields.AppointmentId) == EmrsOwnId && Read(built.Whole, MappingFields.PatientId) == request.PatientId;

    /// <summary>A group visit's appointments are kept apart by patient; the EMR knows one.</summary>
    private string EmrsOwnId => request.AppointmentId.EndsWith($"/{request.PatientId}", StringComparison.Ordinal)
        ? request.AppointmentId[..^(request.PatientId.Length + 1)]
        : request.AppointmentId;

    private string Read(Hl7Range range, MappingField field) =>
        new FieldReader(range, default, [], trace: null) { Lenient = true }.First<string>(rules[field], Takes.Text) is { HasValue: true } found ? found.Value : "";

    private Hl7Path? FirstPath(MappingField field, string segment) =>
        rules[field]?.Sources.Select(source => source.Path).FirstOrDefault(path => path?.Segment == segment);

    private static ReadOnlyMemory<byte> WithCarriageReturns(ReadOnlyMemory<byte> raw)
    {
        var end = raw.Span.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || (raw.Span[end] == '\r' && (end + 1 == raw.Length || raw.Span[end + 1] != '\n')))
            return raw;
        return raw.ToArray().Where((letter, i) => letter != '\n' || i == 0 || raw.Span[i - 1] != '\r').Select(letter => letter == '\n' ? (byte)'\r' : letter).ToArray();
    }
}
