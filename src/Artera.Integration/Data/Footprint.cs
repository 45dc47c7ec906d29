using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Artera.Integration.Data;

/// <summary>A row of a table.</summary>
internal readonly record struct RowKey(IReadOnlyTypeBase Table, object? Key)
{
    public static RowKey Of(EntityEntry entry)
    {
        var key = entry.Metadata.FindPrimaryKey()!.Properties;
        return new RowKey(entry.Metadata, key.Count == 1 ? entry.CurrentValues[key[0]] : string.Join('|', key.Select(part => entry.CurrentValues[part])));
    }
}

/// <summary>Which rows a command has read and written.</summary>
internal sealed class Footprint
{
    public static readonly IReadOnlySet<RowKey> Nothing = new HashSet<RowKey>();

    private readonly IntegrationDb db;
    private HashSet<RowKey> written = [];
    private bool wroteUnseen;

    public Footprint(IntegrationDb db)
    {
        this.db = db;
        db.ChangeTracker.StateChanged += Saved;
    }

    /// <summary>It has written without saving what it had read (<c>ExecuteUpdate</c>): nobody knows which rows.</summary>
    public void WroteUnseen() => wroteUnseen = true;

    /// <summary>With it what is added: its numbers may have been given to others meanwhile.</summary>
    public HashSet<RowKey> Read()
    {
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var read = db.ChangeTracker.Entries().Select(RowKey.Of).ToHashSet();
        db.ChangeTracker.AutoDetectChangesEnabled = detects;
        return read;
    }

    /// <returns>What has been written since this was asked last; null when nobody knows.</returns>
    public IReadOnlySet<RowKey>? TakeWritten()
    {
        var rows = wroteUnseen ? null : written;
        (written, wroteUnseen) = ([], false);
        return rows;
    }

    private void Saved(object? sender, EntityStateChangedEventArgs change)
    {
        if ((change.OldState is EntityState.Added or EntityState.Modified or EntityState.Deleted) && change.NewState is EntityState.Unchanged or EntityState.Detached)
            written.Add(RowKey.Of(change.Entry));
    }
}
