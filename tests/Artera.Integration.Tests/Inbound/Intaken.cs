using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Inbound;

internal static class Intaken
{
    /// <summary>Everything the server has kept, in the order of arrival.</summary>
    public static Task<List<InboxMessage>> Kept(this TestServer server) =>
        server.Read(db => db.Set<InboxMessage>().OrderBy(message => message.Id).ToListAsync());
}
