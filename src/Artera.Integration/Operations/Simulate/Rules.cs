using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;

namespace Artera.Integration.Operations.Simulate;

/// <summary>Practices, holidays and triggers as they are, or as a file would have them.</summary>
internal sealed class Rules(EnterpriseDirectory directory, TriggerBook triggers)
{
    private readonly Dictionary<long, PracticeCalendar> calendars = [];

    public EnterpriseDirectory Directory => directory;

    public TriggerBook Triggers => triggers;

    /// <summary>Names of rules that tell visits of one day together.</summary>
    public IEnumerable<string> Merging => directory.Practices.SelectMany(practice => triggers.For(practice.Id, TriggerModule.Appointment)).Where(trigger => trigger.Merges).Select(trigger => trigger.Name).Distinct(StringComparer.Ordinal);

    public static async Task<Rules> InForce(IntegrationDb db, CancellationToken cancellation) =>
        new(await EnterpriseDirectory.Load(db, cancellation), await TriggerBook.Load(db, cancellation));

    /// <summary>The file is laid over what is there, read, and taken back.</summary>
    public static async Task<Rules> As(IntegrationDb db, EnterpriseFile file, TimeProvider time, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await SetUpEnterprise.Run(db, file, cancellation, time);
        var rules = await InForce(db, cancellation);
        await transaction.RollbackAsync(cancellation);
        db.ChangeTracker.Clear();
        return rules;
    }

    /// <summary>The owner of the location or provider under these settings, else whose it is today.</summary>
    public Practice? PracticeOf(Subject subject) =>
        directory.PracticeOf(subject.Emr, subject.LocationCode, subject.ProviderCode) ?? (subject.PracticeId is { } id ? directory.Practice(id) : null);

    public PracticeCalendar CalendarOf(Practice practice)
    {
        if (!calendars.TryGetValue(practice.Id, out var calendar))
            calendars[practice.Id] = calendar = new PracticeCalendar(practice, directory.Holidays);
        return calendar;
    }
}
