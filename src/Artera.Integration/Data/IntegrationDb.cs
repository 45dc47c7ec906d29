using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Data;

/// <summary>
/// The one database. Each room brings the configuration of its own rows and its own set properties. What a database
/// calls for is said by the type that derives for it, which has migrations of its own.
/// </summary>
public abstract class IntegrationDb : DbContext
{
    private const int Identifier = 200;
    private readonly Dictionary<Type, object> atHand = [];
    private bool settingsChanged;

    // A transaction that fails, fails whole; nobody goes back half the way.
    protected IntegrationDb(DbContextOptions options)
        : base(options)
    {
        Database.AutoSavepointsEnabled = false;
        Footprint = new Footprint(this);
    }

    /// <summary>The transaction of the command that is under way, while nothing has been written in it.</summary>
    internal LateTransaction? Late { get; set; }

    internal Footprint Footprint { get; }

    internal bool IsInCommand => Late is not null || Database.CurrentTransaction is not null;

    internal Numbers Numbers => field ??= new Numbers(this);

    /// <summary>
    /// Reads the rows of lanes, whose numbers are given as text with commas between, and keeps everybody else from them until the
    /// transaction ends; without waiting, only those that nobody else has. Null: nobody else writes in this database, so that there is
    /// nothing to hold.
    /// </summary>
    internal virtual string? HoldLanes => null;

    /// <summary>True when this transaction has added the row, so that nothing in the database can be about it.</summary>
    public bool IsNew(object row) => Entry(row).State == EntityState.Added;

    /// <summary>Rows read in advance for the transaction that is open, or that is about to be.</summary>
    public AtHand<TKey, TRow> AtHand<TKey, TRow>()
        where TKey : notnull
    {
        if (!atHand.TryGetValue(typeof(AtHand<TKey, TRow>), out var rows))
            atHand[typeof(AtHand<TKey, TRow>)] = rows = new AtHand<TKey, TRow>();
        return (AtHand<TKey, TRow>)rows;
    }

    /// <summary>Rows are asked of the database again.</summary>
    public void ForgetAtHand() => atHand.Clear();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (ChangesSettings())
        {
            (await Set<SettingsVersion>().SingleAsync(cancellationToken)).Version = Guid.CreateVersion7();
            settingsChanged = true;
        }

        if (Late is { } late)
            return await SaveAsTheFirst(late, acceptAllChangesOnSuccess, cancellationToken);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (Database.CurrentTransaction is null)
            Committed();
        return saved;
    }

    /// <summary>What was saved is there for everybody; nothing of the transaction is at hand any more.</summary>
    public void Committed()
    {
        atHand.Clear();
        Numbers.Forget();
        if (settingsChanged)
            SettingsVersion.Committed();
        settingsChanged = false;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IntegrationDb).Assembly);
        modelBuilder.GiveTextRoom(Identifier);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantAsUtc>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateAsDate>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<string>().HaveMaxLength(Identifier);
    }

    /// <summary>Nobody waits while changes are looked for.</summary>
    private async Task<int> SaveAsTheFirst(LateTransaction late, bool acceptAllChangesOnSuccess, CancellationToken cancellation)
    {
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await late.Begin(cancellation);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellation);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Looking for changes twice would cost every message; settings are seldom tracked at all.</summary>
    private bool ChangesSettings()
    {
        ChangeTracker.AutoDetectChangesEnabled = false;
        var tracked = ChangeTracker.Entries().Any(entry => entry.Entity is ISetting);
        ChangeTracker.AutoDetectChangesEnabled = true;
        return tracked && ChangeTracker.Entries<ISetting>().Any(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);
    }
}
