using System.Collections.Concurrent;
using Mediator;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

/// <summary>What the upper rooms were told.</summary>
public sealed class Heard<T> : INotificationHandler<T>
    where T : INotification
{
    private readonly ConcurrentQueue<T> events = new();

    public IReadOnlyCollection<T> Events => events;

    public static void Listen(IServiceCollection services)
    {
        var heard = new Heard<T>();
        services.AddSingleton(heard).AddSingleton<INotificationHandler<T>>(heard);
    }

    public ValueTask Handle(T notification, CancellationToken cancellationToken)
    {
        events.Enqueue(notification);
        return ValueTask.CompletedTask;
    }
}
