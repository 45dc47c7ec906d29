using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Feeds;

/// <summary>
/// A message as it arrived, for the rooms that do not know the journal it lies in: read, never written.
/// </summary>
public sealed class StoredMessage
{
    public long Id { get; private set; }

    public byte[] Raw { get; private set; } = [];

    private sealed class View : IEntityTypeConfiguration<StoredMessage>
    {
        public void Configure(EntityTypeBuilder<StoredMessage> builder) => builder.HasNoKey().ToView("InboxMessage");
    }
}
