using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping;

/// <summary>Makes the header of the EMR's message that of an answer to it: the sides swapped, a new event, time and control id.</summary>
internal sealed class WriteBackHeader(WriteBackTemplate template, WriteBackRequest request)
{
    private const string DefaultVersion = "2.5.1";

    // What belongs to the message received: security, sequence number, continuation, and how it wants to be acknowledged.
    private static readonly string[] Theirs = ["MSH-8", "MSH-13", "MSH-14", "MSH-15", "MSH-16"];

    public void Write(Hl7MessageBuilder builder, string messageEvent)
    {
        var last = builder.Message;
        var (theirs, ours) = (Party(last, 3), Party(last, 5));
        Side(builder, 3, template.From, ours);
        Side(builder, 5, template.To, theirs);
        foreach (var field in Theirs)
        {
            if (!builder.Message.Get(Hl7Path.Parse(field)).IsEmpty)
                builder.Set(field, "");
        }

        var version = template.Version ?? (last.Version.Length > 0 ? last.Version : DefaultVersion);
        var type = string.CompareOrdinal(version, "2.3.1") < 0 ? messageEvent : $"{messageEvent}^{messageEvent[..3]}_{Structure(messageEvent)}";
        builder.Set("MSH-7", WriteBackText.Timestamp(request.Now));
        builder.SetRaw(Hl7Path.Parse("MSH-9"), type.Replace('^', last.Delimiters.Component));
        builder.Set("MSH-10", request.ControlId).Set("MSH-12.1", version);
    }

    // SIU^S12 to S26 share one structure, and so do the requests SRM^S01 to S11 (HL7 table 0354).
    private static string Structure(string messageEvent) => messageEvent[..3] switch
    {
        "SIU" => "S12",
        "SRM" => "S01",
        _ => messageEvent[4..],
    };

    private static (string Application, string Facility) Party(Hl7Message message, int field) =>
        (Encoding.UTF8.GetString(message.Segments[0].Field(field).Raw), Encoding.UTF8.GetString(message.Segments[0].Field(field + 1).Raw));

    private static void Side(Hl7MessageBuilder builder, int field, WriteBackParty party, (string Application, string Facility) otherwise)
    {
        Set(field, party.Application, otherwise.Application);
        Set(field + 1, party.Facility, otherwise.Facility);

        void Set(int number, string? chosen, string raw)
        {
            if (chosen is not null)
                builder.Set($"MSH-{number}", chosen);
            else
                builder.SetRaw(Hl7Path.Parse($"MSH-{number}"), raw);
        }
    }
}
