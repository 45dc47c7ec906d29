using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Data;

public sealed class The_migrations
{
    [Fact]
    public async Task Say_what_the_model_says()
    {
        await using var rooms = await Rooms.Open();

        (await rooms.Read(db => Task.FromResult(db.Database.HasPendingModelChanges()))).ShouldBeFalse();
        (await rooms.Read(db => db.Database.GetPendingMigrationsAsync())).ShouldBeEmpty();
    }
}
