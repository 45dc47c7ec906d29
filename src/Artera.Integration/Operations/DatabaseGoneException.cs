namespace Artera.Integration.Operations;

/// <summary>There is no database that answers, or not any more; the message says what an operator may do.</summary>
public sealed class DatabaseGoneException : Exception
{
    public DatabaseGoneException()
    {
    }

    public DatabaseGoneException(string message)
        : base(message)
    {
    }

    public DatabaseGoneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
