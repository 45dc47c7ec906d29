using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Artera.Integration.Operations.Logs;

internal static class LogsSetup
{
    private const LogEventLevel Never = LogEventLevel.Fatal + 1;

    public static WebApplicationBuilder AddLogs(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Logs").Get<LogOptions>() ?? new LogOptions();
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(
            (services, logger) => logger.Levels(options.Level).Filter.ByExcluding(SaidOtherwise).ReadFrom.Services(services).Enrich.FromLogContext().ToConsole(options),
            preserveStaticLogger: true);
        return builder;
    }

    /// <summary>
    /// The libraries' own lines are where patient data would slip in: SQL with its values, URLs with their
    /// queries, bodies of failed requests. They speak only of what is wrong, and the chatty ones not at all.
    /// </summary>
    private static LoggerConfiguration Levels(this LoggerConfiguration logger, LogEventLevel own) => logger
        .MinimumLevel.Is(own)
        .MinimumLevel.Override("Microsoft", AtLeast(LogEventLevel.Warning, own))
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore", AtLeast(LogEventLevel.Error, own))
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database", Never)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Update", Never)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Query", Never)
        .MinimumLevel.Override("System", AtLeast(LogEventLevel.Warning, own))
        .MinimumLevel.Override("System.Net.Http.HttpClient", AtLeast(LogEventLevel.Error, own))
        .MinimumLevel.Override("Polly", AtLeast(LogEventLevel.Error, own))
        .MinimumLevel.Override("Quartz", AtLeast(LogEventLevel.Warning, own));

    private static LogEventLevel AtLeast(LogEventLevel least, LogEventLevel own) => own > least ? own : least;

    /// <summary>Why the host could not start is one line on standard error; its stack, and those of the services it took along, help nobody.</summary>
    private static bool SaidOtherwise(LogEvent line) =>
        line.Properties.TryGetValue("SourceContext", out var source)
        && source is ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" }
        && line.Exception is { } trouble
        && (trouble is OperationCanceledException || StartTrouble.InWords(trouble) is not null);

    private static LoggerConfiguration ToConsole(this LoggerConfiguration logger, LogOptions options)
    {
        var standardErrorFrom = options.StandardError ? LogEventLevel.Verbose : (LogEventLevel?)null;
        return options.Format switch
        {
            LogFormat.None => logger,
            LogFormat.Json => logger.WriteTo.Console(new CompactJsonFormatter(), standardErrorFromLevel: standardErrorFrom),
            _ => logger.WriteTo.Console(
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}",
                formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: standardErrorFrom),
        };
    }
}
