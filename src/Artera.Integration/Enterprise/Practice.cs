using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Enterprise;

/// <summary>A department or clinic of the enterprise.</summary>
public sealed class Practice : ISetting
{
    public long Id { get; private set; }

    public required long HealthSystemId { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    public Hours Hours { get; set; } = new();

    /// <summary>The practice's wording of <c>{eventConfirmText}</c>, by language.</summary>
    public Dictionary<string, string> ConfirmText { get; set; } = [];

    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    private sealed class Row : IEntityTypeConfiguration<Practice>
    {
        public void Configure(EntityTypeBuilder<Practice> builder)
        {
            builder.HasIndex(practice => new { practice.HealthSystemId, practice.Name }).IsUnique();
            builder.HasOne<HealthSystem>().WithMany().HasForeignKey(practice => practice.HealthSystemId).OnDelete(DeleteBehavior.Restrict);
            builder.Ignore(practice => practice.Zone);
            builder.Property(practice => practice.Hours).AsJson();
            builder.Property(practice => practice.ConfirmText).AsJson();
        }
    }
}

/// <summary>When a practice is open, by weekday; a day that is not listed is closed.</summary>
public sealed record Hours
{
    public List<OpenTime> Open { get; init; } =
    [
        new("Monday", "08:00", "17:00"), new("Tuesday", "08:00", "17:00"), new("Wednesday", "08:00", "17:00"),
        new("Thursday", "08:00", "17:00"), new("Friday", "08:00", "17:00"),
    ];
}

/// <summary>An open stretch of one weekday, in the practice's zone.</summary>
/// <param name="Day">English weekday name.</param>
/// <param name="From">HH:mm.</param>
/// <param name="To">HH:mm.</param>
public sealed record OpenTime(string Day, string From, string To);
