using System.Text;
using Artera.Integration.Mapping;
using NodaTime;

namespace Artera.Integration.Feeds;

/// <summary>A stream of messages from one EMR, checked and ready.</summary>
public sealed class Feed
{
    public required string Name { get; init; }

    /// <summary>Feeds of one EMR share its identifiers.</summary>
    public required string Emr { get; init; }

    public required DateTimeZone Zone { get; init; }

    /// <summary>What its bytes mean when they neither are UTF-8 nor have a usable label (MSH-18); null is Windows-1252.</summary>
    public Encoding? Charset { get; init; }

    public required MappingInForce Mapping { get; init; }

    /// <summary>What its messages mean today; may be another one at the next look.</summary>
    public Mapper Mapper => Mapping.Mapper;

    /// <summary>What its EMR is told, and how; the same as <see cref="Mapping"/> unless answers go back in another form than messages come in.</summary>
    public required MappingInForce WriteBackMapping { get; init; }

    public required AllowedAddresses AllowFrom { get; init; }

    public required FeedOptions Options { get; init; }
}
