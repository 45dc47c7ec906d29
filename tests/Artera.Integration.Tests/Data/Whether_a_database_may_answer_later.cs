using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using Artera.Integration.Data;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace Artera.Integration.Tests.Data;

/// <summary>At the start: what passes by itself is waited for, what a setting of ours has wrong ends the server in a line.</summary>
public sealed class Whether_a_database_may_answer_later
{
    [Theory]
    [InlineData("57P03", true, "it is starting up")]
    [InlineData("57P01", true, "its administrator shuts it down")]
    [InlineData("53300", true, "it has as many connections as it takes")]
    [InlineData("53100", true, "its disk is full")]
    [InlineData("08006", true, "the connection broke")]
    [InlineData("28P01", false, "the password is wrong")]
    [InlineData("28000", false, "the login may not come from here")]
    [InlineData("3D000", false, "there is no such database")]
    [InlineData("42501", false, "the login may not look")]
    public void PostgreSQL_says(string state, bool later, string because)
    {
        var reach = DatabaseReach.After(new InvalidOperationException("wrapped", new PostgresException("words", "FATAL", "FATAL", state))).ShouldNotBeNull();
        (reach.Answers, reach.MayLater).ShouldBe((false, later), because);
        reach.Why.ShouldBe($"{state}: words");
    }

    [Theory]
    [InlineData(18456, false, "the login is refused")]
    [InlineData(18487, false, "its password has expired")]
    [InlineData(4060, false, "there is no such database for this login")]
    [InlineData(916, false, "the database is not for this login")]
    [InlineData(18401, true, "it is being upgraded")]
    [InlineData(17142, true, "it is paused")]
    [InlineData(233, true, "nobody is at the other end of the pipe")]
    [InlineData(10053, true, "the connection was cut")]
    [InlineData(10054, true, "the connection was reset")]
    [InlineData(10060, true, "nobody answers")]
    [InlineData(10061, true, "nobody listens")]
    [InlineData(922, true, "the database is being recovered")]
    [InlineData(40613, true, "Azure has it elsewhere for a moment")]
    [InlineData(40197, true, "Azure is at work on it")]
    [InlineData(-2, true, "time has run out")]
    public void SQL_Server_says(int number, bool later, string because)
    {
        var reach = DatabaseReach.After(Said(number)).ShouldNotBeNull();
        (reach.Answers, reach.MayLater).ShouldBe((false, later), because);
    }

    [Fact]
    public void Nobody_answers_and_that_may_pass()
    {
        DatabaseReach.After(new NpgsqlException("x", new SocketException((int)SocketError.ConnectionRefused))).ShouldBe(new(false, true, nameof(SocketError.ConnectionRefused)));
        DatabaseReach.After(new NpgsqlException("x", new TimeoutException())).ShouldNotBeNull().MayLater.ShouldBeTrue();
        DatabaseReach.After(new NpgsqlException("x", new EndOfStreamException())).ShouldNotBeNull().MayLater.ShouldBeTrue();
        DatabaseReach.After(new SocketException((int)SocketError.HostNotFound)).ShouldNotBeNull().MayLater.ShouldBeTrue();
    }

    [Fact]
    public void A_certificate_that_nobody_vouches_for_does_not_pass()
    {
        DatabaseReach.After(new NpgsqlException("x", new IOException("y", new AuthenticationException("z")))).ShouldNotBeNull().MayLater.ShouldBeFalse();
        DatabaseReach.After(Said(0, new AuthenticationException("z"))).ShouldNotBeNull().MayLater.ShouldBeFalse();
    }

    [Fact]
    public void A_fault_of_our_own_says_nothing_of_the_database() => DatabaseReach.After(new InvalidOperationException("x")).ShouldBeNull();

    /// <summary>The driver makes these itself and lets nobody else.</summary>
    private static SqlException Said(int number, Exception? inner = null)
    {
        const BindingFlags Inside = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var error = Make(typeof(SqlError).GetConstructors(Inside).OrderBy(made => made.GetParameters().Length).First(), number);
        var errors = (SqlErrorCollection)typeof(SqlErrorCollection).GetConstructors(Inside)[0].Invoke([]);
        typeof(SqlErrorCollection).GetMethod("Add", Inside)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", Inside, [typeof(SqlErrorCollection), typeof(string), typeof(Guid), typeof(Exception), typeof(SqlBatchCommand)])!
            .Invoke(null, [errors, "16", Guid.Empty, inner, null])!;
    }

    private static object Make(ConstructorInfo constructor, int number) => constructor.Invoke(
        [.. constructor.GetParameters().Select(parameter => parameter.Name == "infoNumber" ? number : Empty(parameter.ParameterType))]);

    private static object? Empty(Type type) => type == typeof(string) ? "x" : type.IsValueType ? Activator.CreateInstance(type) : null;
}
