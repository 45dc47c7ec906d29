using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Data;

/// <summary>Marks a row that people set up and every message needs: a practice, a line, a trigger.</summary>
public interface ISetting;

/// <summary>One row that changes with every change of a setting: how a process notices what another one has changed.</summary>
public sealed class SettingsVersion
{
    public const int TheOne = 1;
    private static long changedHere;

    /// <summary>How often this process has committed a change of a setting.</summary>
    public static long ChangedHere => Interlocked.Read(ref changedHere);

    public int Id { get; private set; } = TheOne;

    public Guid Version { get; set; }

    public static void Committed() => Interlocked.Increment(ref changedHere);

    private sealed class Row : IEntityTypeConfiguration<SettingsVersion>
    {
        public void Configure(EntityTypeBuilder<SettingsVersion> builder)
        {
            builder.Property(row => row.Id).ValueGeneratedNever();
            builder.HasData(new SettingsVersion());
        }
    }
}
