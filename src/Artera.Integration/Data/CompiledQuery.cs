using System.Collections.Concurrent;

namespace Artera.Integration.Data;

/// <summary>A query that is translated once. What it is translated to differs by database, so each has its own.</summary>
/// <param name="compile">Such as <c>EF.CompileAsyncQuery(...)</c>.</param>
internal sealed class CompiledQuery<T>(Func<T> compile)
    where T : Delegate
{
    private readonly ConcurrentDictionary<Type, T> compiled = new();

    public T For(IntegrationDb db) => compiled.GetOrAdd(db.GetType(), static (_, compile) => compile(), compile);
}
