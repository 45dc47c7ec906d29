using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Artera.Integration.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "Numbers",
                incrementBy: 10);

            migrationBuilder.CreateTable(
                name: "ApiKey",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Role = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SecretHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKey", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntry",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Who = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    What = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: true),
                    Subject = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntry", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EmrDestination",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Failures = table.Column<int>(type: "int", nullable: false),
                    DownSince = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Cause = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EmrDestination", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EventType",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Emr = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Instructions = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Completes = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventType", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FhirCounter",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Subscription = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Seen = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FhirCounter", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FhirGap",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Subscription = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    First = table.Column<long>(type: "bigint", nullable: false),
                    Last = table.Column<long>(type: "bigint", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Trouble = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FhirGap", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FhirHour",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Hour = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Heard = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FhirHour", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FhirPoll",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Search = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Watermark = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Trouble = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TroubleSince = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FhirPoll", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FhirSilence",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Since = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FhirSilence", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FhirSubscription",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Criteria = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ServerId = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Status = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    EndsAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Trouble = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TroubleSince = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FhirSubscription", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HealthSystem",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BaseLanguage = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TestFamilyName = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TestNumbers = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HealthSystem", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InboundText",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ProviderId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    From = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    To = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Body = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    MediaCount = table.Column<int>(type: "int", nullable: false),
                    CarrierKeyword = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Understood = table.Column<bool>(type: "bit", nullable: false),
                    Meaning = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboundText", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InboxMessage",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Raw = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    ControlId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BodyHash = table.Column<long>(type: "bigint", nullable: false),
                    Event = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    AppointmentKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Lane = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Cause = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    CausePath = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    CauseValue = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    CauseTable = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    RetryAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AckCode = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Ack = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    AckDelivered = table.Column<bool>(type: "bit", nullable: false),
                    Note = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Quiet = table.Column<bool>(type: "bit", nullable: false, defaultValue: false),
                    Resends = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboxMessage", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeptAnswer",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Who = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    RequestHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    ContentType = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeptAnswer", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lane",
                columns: table => new
                {
                    Number = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lane", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "LinePace",
                columns: table => new
                {
                    Sender = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    FreeAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    PausedUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Turn = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinePace", x => x.Sender);
                });

            migrationBuilder.CreateTable(
                name: "LinkKey",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Key = table.Column<byte[]>(type: "varbinary(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkKey", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OpenQuestion",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    LineId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: false),
                    AppointmentId = table.Column<long>(type: "bigint", nullable: false),
                    OutboundMessageId = table.Column<long>(type: "bigint", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ClosesAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpenQuestion", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OptOut",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    LineId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Since = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OptOut", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OutboundMessage",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Medium = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    LineId = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    To = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Body = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Segments = table.Column<int>(type: "int", nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Language = table.Column<string>(type: "nvarchar(35)", maxLength: 35, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Asks = table.Column<bool>(type: "bit", nullable: false),
                    Reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: true),
                    Priority = table.Column<int>(type: "int", maxLength: 32, nullable: false),
                    DespiteOptOut = table.Column<bool>(type: "bit", nullable: false),
                    NotAfter = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Delivery = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ProviderId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FailureCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    SentAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DeliveredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutboundMessage", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Patient",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Emr = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Given = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Family = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Preferred = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Born = table.Column<DateOnly>(type: "date", nullable: true),
                    Sex = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Language = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Deceased = table.Column<bool>(type: "bit", nullable: false),
                    DoNotContact = table.Column<bool>(type: "bit", nullable: false),
                    NoTexts = table.Column<bool>(type: "bit", nullable: false),
                    NoEmails = table.Column<bool>(type: "bit", nullable: false),
                    NoCalls = table.Column<bool>(type: "bit", nullable: false),
                    PreferredMedium = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Version_ControlId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Version_SentAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Patient", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PatientChannel",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    LineId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false),
                    PatientId = table.Column<long>(type: "bigint", nullable: true),
                    Address = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    IsOpen = table.Column<bool>(type: "bit", nullable: false),
                    NeedsAction = table.Column<bool>(type: "bit", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LastLineAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PatientChannel", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PendingOrderStatus",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Emr = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OrderId = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Once = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true, collation: "Latin1_General_100_BIN2"),
                    AppointmentId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Cause = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PendingOrderStatus", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Replanning",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Module = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AtPractice = table.Column<long>(type: "bigint", nullable: false),
                    AtStart = table.Column<DateTime>(type: "datetime2", nullable: true),
                    After = table.Column<long>(type: "bigint", nullable: false),
                    Done = table.Column<int>(type: "int", nullable: false),
                    Of = table.Column<int>(type: "int", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Replanning", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RetentionMark",
                columns: table => new
                {
                    Sweep = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UpTo = table.Column<long>(type: "bigint", nullable: false),
                    BegunAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionMark", x => x.Sweep);
                });

            migrationBuilder.CreateTable(
                name: "SandboxText",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    OutboundMessageId = table.Column<long>(type: "bigint", nullable: false),
                    LineNumber = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    To = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Body = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Medium = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SandboxText", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SchemaFloor",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Generation = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SchemaFloor", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SettingsVersion",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SettingsVersion", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TakenExtract",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    FoundAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PutAway = table.Column<bool>(type: "bit", nullable: false),
                    LastLine = table.Column<int>(type: "int", nullable: false),
                    Rows = table.Column<int>(type: "int", nullable: false),
                    Applied = table.Column<int>(type: "int", nullable: false),
                    Stale = table.Column<int>(type: "int", nullable: false),
                    Bad = table.Column<int>(type: "int", nullable: false),
                    Refused = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Problems = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    NotRead = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TakenExtract", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WhoIsThis",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    LineId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientIds = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    InboundTextId = table.Column<long>(type: "bigint", nullable: true),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ChosenPatientId = table.Column<long>(type: "bigint", nullable: true),
                    ChosenAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhoIsThis", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Practice",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    HealthSystemId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TimeZone = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Hours = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    ConfirmText = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Practice", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Practice_HealthSystem_HealthSystemId",
                        column: x => x.HealthSystemId,
                        principalTable: "HealthSystem",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ApplicationAck",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    InboxMessageId = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ControlId = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Message = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Cause = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Reply = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApplicationAck", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApplicationAck_InboxMessage_InboxMessageId",
                        column: x => x.InboxMessageId,
                        principalTable: "InboxMessage",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Attempt",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    OutboundMessageId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Code = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ProviderId = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Looks = table.Column<int>(type: "int", nullable: false),
                    MissedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Attempt", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Attempt_OutboundMessage_OutboundMessageId",
                        column: x => x.OutboundMessageId,
                        principalTable: "OutboundMessage",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Appointment",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Emr = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Feed = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    StartsAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DayOnly = table.Column<bool>(type: "bit", nullable: false),
                    Minutes = table.Column<int>(type: "int", nullable: true),
                    TypeCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TypeText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ProviderCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ProviderText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    LocationCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    LocationText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    DeviceCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    GeneralCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SystemStatus = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SystemStatusAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    PatientStatus = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CancelledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PatientStatusAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Series = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Replaces = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ReplacesId = table.Column<long>(type: "bigint", nullable: true),
                    ReplacedById = table.Column<long>(type: "bigint", nullable: true),
                    InboxMessageId = table.Column<long>(type: "bigint", nullable: true),
                    Version_ControlId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Version_SentAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Appointment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Appointment_Patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ContactPoint",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PatientId = table.Column<long>(type: "bigint", nullable: false),
                    Tag = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Address = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Landline = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactPoint", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactPoint_Patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LinkedNumber",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    LineId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkedNumber", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LinkedNumber_Patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PatientIdentifier",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Emr = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PatientIdentifier", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PatientIdentifier_Patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Recall",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Emr = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Feed = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    TypeCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TypeText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Priority = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ProviderCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ProviderText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    LocationCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    LocationText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AppointmentId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    InboxMessageId = table.Column<long>(type: "bigint", nullable: true),
                    Version_ControlId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Version_SentAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Recall", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Recall_Patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Referral",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Emr = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Feed = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    TypeCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TypeText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Priority = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SchedulingStatus = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    AuthorizationStatus = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ProviderCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ProviderText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    LocationCode = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    LocationText = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ExpiresOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AppointmentId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SchedulingAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AuthorizationAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    InboxMessageId = table.Column<long>(type: "bigint", nullable: true),
                    Version_ControlId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Version_SentAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Referral", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Referral_Patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChannelLine",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ChannelId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Body = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Medium = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Event = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    OutboundMessageId = table.Column<long>(type: "bigint", nullable: true),
                    InboundTextId = table.Column<long>(type: "bigint", nullable: true),
                    AppointmentId = table.Column<long>(type: "bigint", nullable: true),
                    By = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChannelLine", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ChannelLine_PatientChannel_ChannelId",
                        column: x => x.ChannelId,
                        principalTable: "PatientChannel",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Holiday",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    HealthSystemId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    Name = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    Yearly = table.Column<bool>(type: "bit", nullable: false),
                    OpenAnyway = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Holiday", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Holiday_HealthSystem_HealthSystemId",
                        column: x => x.HealthSystemId,
                        principalTable: "HealthSystem",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Holiday_Practice_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Line",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OneWay = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Line", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Line_Practice_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Trigger",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    HealthSystemId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Module = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Running = table.Column<bool>(type: "bit", nullable: false),
                    SendFrom = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Timing = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Filters = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Texts = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Asks = table.Column<bool>(type: "bit", nullable: false),
                    Quiet = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Hears = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    Does = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Trigger", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Trigger_HealthSystem_HealthSystemId",
                        column: x => x.HealthSystemId,
                        principalTable: "HealthSystem",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Trigger_Practice_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FhirRead",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AppointmentId = table.Column<long>(type: "bigint", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    GiveUpAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    InboxMessageId = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Trouble = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FhirRead", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FhirRead_Appointment_AppointmentId",
                        column: x => x.AppointmentId,
                        principalTable: "Appointment",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PendingWriteBack",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Feed = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AppointmentId = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    By = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    StartsAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    MovedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    ControlId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Sent = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    MayHaveArrived = table.Column<bool>(type: "bit", nullable: false),
                    Acknowledgement = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    Cause = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PendingWriteBack", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PendingWriteBack_Appointment_AppointmentId",
                        column: x => x.AppointmentId,
                        principalTable: "Appointment",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Resource",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Emr = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    LineId = table.Column<long>(type: "bigint", nullable: true),
                    Address = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Phone = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Resource", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Resource_Line_LineId",
                        column: x => x.LineId,
                        principalTable: "Line",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Resource_Practice_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Campaign",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TriggerId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    LineId = table.Column<long>(type: "bigint", nullable: true),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Audience = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    Pace = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Rows = table.Column<int>(type: "int", nullable: true),
                    StartAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    After = table.Column<long>(type: "bigint", nullable: false),
                    AllPlanned = table.Column<bool>(type: "bit", nullable: false),
                    NextPlanned = table.Column<DateTime>(type: "datetime2", nullable: true),
                    NextSent = table.Column<DateTime>(type: "datetime2", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Campaign", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Campaign_Line_LineId",
                        column: x => x.LineId,
                        principalTable: "Line",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Campaign_Practice_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Campaign_Trigger_TriggerId",
                        column: x => x.TriggerId,
                        principalTable: "Trigger",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PlannedMessage",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TriggerId = table.Column<long>(type: "bigint", nullable: false),
                    PatientId = table.Column<long>(type: "bigint", nullable: false),
                    Module = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SubjectId = table.Column<long>(type: "bigint", nullable: false),
                    Anchor = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Detail = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    OutboundMessageId = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Claim = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlannedMessage", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PlannedMessage_Trigger_TriggerId",
                        column: x => x.TriggerId,
                        principalTable: "Trigger",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PracticeChoice",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TriggerId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false),
                    Running = table.Column<bool>(type: "bit", nullable: true),
                    Filters = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PracticeChoice", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PracticeChoice_Practice_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PracticeChoice_Trigger_TriggerId",
                        column: x => x.TriggerId,
                        principalTable: "Trigger",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TriggerEdit",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TriggerId = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Who = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Before = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    After = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TriggerEdit", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TriggerEdit_Trigger_TriggerId",
                        column: x => x.TriggerId,
                        principalTable: "Trigger",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ListedPatient",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    CampaignId = table.Column<long>(type: "bigint", nullable: false),
                    Row = table.Column<int>(type: "int", nullable: false),
                    ExternalId = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PatientId = table.Column<long>(type: "bigint", nullable: true),
                    Problem = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListedPatient", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ListedPatient_Campaign_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "Campaign",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Lane",
                column: "Number",
                values: new object[]
                {
                    0,
                    1,
                    2,
                    3,
                    4,
                    5,
                    6,
                    7,
                    8,
                    9,
                    10,
                    11,
                    12,
                    13,
                    14,
                    15
                });

            migrationBuilder.InsertData(
                table: "SchemaFloor",
                columns: new[] { "Id", "Generation" },
                values: new object[] { 1, 1 });

            migrationBuilder.InsertData(
                table: "SettingsVersion",
                columns: new[] { "Id", "Version" },
                values: new object[] { 1, new Guid("00000000-0000-0000-0000-000000000000") });

            migrationBuilder.CreateIndex(
                name: "IX_ApiKey_Name",
                table: "ApiKey",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiKey_SecretHash",
                table: "ApiKey",
                column: "SecretHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApplicationAck_Feed_Id",
                table: "ApplicationAck",
                columns: new[] { "Feed", "Id" },
                filter: "[State] = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_ApplicationAck_InboxMessageId",
                table: "ApplicationAck",
                column: "InboxMessageId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Appointment_Emr_ExternalId",
                table: "Appointment",
                columns: new[] { "Emr", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Appointment_PatientId_StartsAt",
                table: "Appointment",
                columns: new[] { "PatientId", "StartsAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Appointment_PracticeId_StartsAt",
                table: "Appointment",
                columns: new[] { "PracticeId", "StartsAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Attempt_OutboundMessageId_Number",
                table: "Attempt",
                columns: new[] { "OutboundMessageId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntry_At",
                table: "AuditEntry",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntry_PatientId_At",
                table: "AuditEntry",
                columns: new[] { "PatientId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Campaign_LineId",
                table: "Campaign",
                column: "LineId");

            migrationBuilder.CreateIndex(
                name: "IX_Campaign_PracticeId",
                table: "Campaign",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_Campaign_State_DueAt",
                table: "Campaign",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Campaign_TriggerId",
                table: "Campaign",
                column: "TriggerId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChannelLine_ChannelId_At",
                table: "ChannelLine",
                columns: new[] { "ChannelId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ChannelLine_InboundTextId",
                table: "ChannelLine",
                column: "InboundTextId");

            migrationBuilder.CreateIndex(
                name: "IX_ChannelLine_OutboundMessageId",
                table: "ChannelLine",
                column: "OutboundMessageId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoint_Address",
                table: "ContactPoint",
                column: "Address");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoint_PatientId_Tag",
                table: "ContactPoint",
                columns: new[] { "PatientId", "Tag" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EmrDestination_Feed",
                table: "EmrDestination",
                column: "Feed",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EventType_Emr_ExternalId",
                table: "EventType",
                columns: new[] { "Emr", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FhirCounter_Feed_Subscription",
                table: "FhirCounter",
                columns: new[] { "Feed", "Subscription" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FhirGap_Feed_Subscription",
                table: "FhirGap",
                columns: new[] { "Feed", "Subscription" });

            migrationBuilder.CreateIndex(
                name: "IX_FhirHour_Feed_Hour",
                table: "FhirHour",
                columns: new[] { "Feed", "Hour" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FhirPoll_Feed_Search",
                table: "FhirPoll",
                columns: new[] { "Feed", "Search" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FhirRead_AnsweredAt_DueAt",
                table: "FhirRead",
                columns: new[] { "AnsweredAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_FhirRead_AppointmentId",
                table: "FhirRead",
                column: "AppointmentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FhirSilence_Feed",
                table: "FhirSilence",
                column: "Feed",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FhirSubscription_Feed_Criteria",
                table: "FhirSubscription",
                columns: new[] { "Feed", "Criteria" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HealthSystem_Name",
                table: "HealthSystem",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Holiday_HealthSystemId_Date",
                table: "Holiday",
                columns: new[] { "HealthSystemId", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_Holiday_PracticeId",
                table: "Holiday",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_InboundText_ProviderId",
                table: "InboundText",
                column: "ProviderId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboundText_Understood_DueAt",
                table: "InboundText",
                columns: new[] { "Understood", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InboundText_Understood_From_Id",
                table: "InboundText",
                columns: new[] { "Understood", "From", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_AppointmentKey_Id",
                table: "InboxMessage",
                columns: new[] { "AppointmentKey", "Id" },
                filter: "[State] <> 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_Failed",
                table: "InboxMessage",
                columns: new[] { "State", "Id" },
                filter: "[State] = 'Failed'");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_Feed_BodyHash_Id",
                table: "InboxMessage",
                columns: new[] { "Feed", "BodyHash", "Id" },
                filter: "[ControlId] = ''");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_Feed_ControlId_BodyHash",
                table: "InboxMessage",
                columns: new[] { "Feed", "ControlId", "BodyHash" },
                unique: true,
                filter: "[ControlId] <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_Feed_State_Cause_Event_Id",
                table: "InboxMessage",
                columns: new[] { "Feed", "State", "Cause", "Event", "Id" },
                filter: "[State] <> 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_Lane_Id",
                table: "InboxMessage",
                columns: new[] { "Lane", "Id" },
                filter: "[State] = 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_PatientKey_Id",
                table: "InboxMessage",
                columns: new[] { "PatientKey", "Id" },
                filter: "[State] <> 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_State_Feed_Cause_CausePath_CauseValue_CauseTable_Id_RetryAt",
                table: "InboxMessage",
                columns: new[] { "State", "Feed", "Cause", "CausePath", "CauseValue", "CauseTable", "Id", "RetryAt" },
                filter: "[State] IN ('Held', 'Unmapped', 'Failed')");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessage_State_Id",
                table: "InboxMessage",
                columns: new[] { "State", "Id" },
                filter: "[State] = 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_KeptAnswer_At",
                table: "KeptAnswer",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_KeptAnswer_Who_Key",
                table: "KeptAnswer",
                columns: new[] { "Who", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Line_Number",
                table: "Line",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Line_PracticeId",
                table: "Line",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_LinkedNumber_Number_LineId",
                table: "LinkedNumber",
                columns: new[] { "Number", "LineId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LinkedNumber_PatientId",
                table: "LinkedNumber",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_ListedPatient_CampaignId_PatientId",
                table: "ListedPatient",
                columns: new[] { "CampaignId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_ListedPatient_CampaignId_Row",
                table: "ListedPatient",
                columns: new[] { "CampaignId", "Row" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OpenQuestion_AppointmentId",
                table: "OpenQuestion",
                column: "AppointmentId");

            migrationBuilder.CreateIndex(
                name: "IX_OpenQuestion_Number_LineId_State_AskedAt",
                table: "OpenQuestion",
                columns: new[] { "Number", "LineId", "State", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OpenQuestion_PatientId",
                table: "OpenQuestion",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_OptOut_Number_LineId",
                table: "OptOut",
                columns: new[] { "Number", "LineId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessage_Calls",
                table: "OutboundMessage",
                columns: new[] { "LineId", "State" },
                filter: "[Medium] = 'Voice'");

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessage_LineId_To_CreatedAt",
                table: "OutboundMessage",
                columns: new[] { "LineId", "To", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessage_ProviderId",
                table: "OutboundMessage",
                column: "ProviderId",
                unique: true,
                filter: "[ProviderId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessage_Reference",
                table: "OutboundMessage",
                column: "Reference");

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessage_State_Medium_LineId_Priority_DueAt",
                table: "OutboundMessage",
                columns: new[] { "State", "Medium", "LineId", "Priority", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Patient_Emr_ExternalId",
                table: "Patient",
                columns: new[] { "Emr", "ExternalId" });

            migrationBuilder.CreateIndex(
                name: "IX_Patient_Family_Given",
                table: "Patient",
                columns: new[] { "Family", "Given" });

            migrationBuilder.CreateIndex(
                name: "IX_PatientChannel_IsOpen_LastLineAt_Id",
                table: "PatientChannel",
                columns: new[] { "IsOpen", "LastLineAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PatientChannel_LineId_Address",
                table: "PatientChannel",
                columns: new[] { "LineId", "Address" });

            migrationBuilder.CreateIndex(
                name: "IX_PatientChannel_NeedsAction",
                table: "PatientChannel",
                columns: new[] { "IsOpen", "LastLineAt", "Id" },
                filter: "[NeedsAction] = 1");

            migrationBuilder.CreateIndex(
                name: "IX_PatientChannel_PatientId_LineId",
                table: "PatientChannel",
                columns: new[] { "PatientId", "LineId" },
                unique: true,
                filter: "[PatientId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PatientChannel_PracticeId_IsOpen_LastLineAt_Id",
                table: "PatientChannel",
                columns: new[] { "PracticeId", "IsOpen", "LastLineAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PatientChannel_Unknown",
                table: "PatientChannel",
                columns: new[] { "LineId", "Address" },
                unique: true,
                filter: "[PatientId] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PatientIdentifier_Emr_ExternalId",
                table: "PatientIdentifier",
                columns: new[] { "Emr", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PatientIdentifier_PatientId",
                table: "PatientIdentifier",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_PendingOrderStatus_Kind_OrderId_Id",
                table: "PendingOrderStatus",
                columns: new[] { "Kind", "OrderId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PendingOrderStatus_Kind_OrderId_Once",
                table: "PendingOrderStatus",
                columns: new[] { "Kind", "OrderId", "Once" },
                unique: true,
                filter: "[Once] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PendingOrderStatus_State_DueAt",
                table: "PendingOrderStatus",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PendingWriteBack_AppointmentId_Id",
                table: "PendingWriteBack",
                columns: new[] { "AppointmentId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PendingWriteBack_ControlId",
                table: "PendingWriteBack",
                column: "ControlId");

            migrationBuilder.CreateIndex(
                name: "IX_PendingWriteBack_State_Feed_Id",
                table: "PendingWriteBack",
                columns: new[] { "State", "Feed", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PlannedMessage_Module_SubjectId_TriggerId_Anchor",
                table: "PlannedMessage",
                columns: new[] { "Module", "SubjectId", "TriggerId", "Anchor" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PlannedMessage_PatientId",
                table: "PlannedMessage",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_PlannedMessage_State_Module_DueAt",
                table: "PlannedMessage",
                columns: new[] { "State", "Module", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PlannedMessage_TriggerId",
                table: "PlannedMessage",
                column: "TriggerId");

            migrationBuilder.CreateIndex(
                name: "IX_PlannedMessage_TriggerId_DueAt",
                table: "PlannedMessage",
                columns: new[] { "TriggerId", "DueAt" },
                filter: "[Module] = 'Campaign' AND [State] = 'Planned'");

            migrationBuilder.CreateIndex(
                name: "IX_Practice_HealthSystemId_Name",
                table: "Practice",
                columns: new[] { "HealthSystemId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PracticeChoice_PracticeId",
                table: "PracticeChoice",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_PracticeChoice_TriggerId_PracticeId",
                table: "PracticeChoice",
                columns: new[] { "TriggerId", "PracticeId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Recall_AppointmentId",
                table: "Recall",
                column: "AppointmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Recall_Emr_ExternalId",
                table: "Recall",
                columns: new[] { "Emr", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Recall_PatientId_DueOn",
                table: "Recall",
                columns: new[] { "PatientId", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Recall_PracticeId_DueOn",
                table: "Recall",
                columns: new[] { "PracticeId", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Referral_AppointmentId",
                table: "Referral",
                column: "AppointmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Referral_Emr_ExternalId",
                table: "Referral",
                columns: new[] { "Emr", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Referral_PatientId",
                table: "Referral",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_Referral_PracticeId_Id",
                table: "Referral",
                columns: new[] { "PracticeId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Replanning_FinishedAt_DueAt",
                table: "Replanning",
                columns: new[] { "FinishedAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Resource_Emr_Kind_ExternalId",
                table: "Resource",
                columns: new[] { "Emr", "Kind", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Resource_LineId",
                table: "Resource",
                column: "LineId");

            migrationBuilder.CreateIndex(
                name: "IX_Resource_PracticeId",
                table: "Resource",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_SandboxText_OutboundMessageId",
                table: "SandboxText",
                column: "OutboundMessageId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SandboxText_To_Id",
                table: "SandboxText",
                columns: new[] { "To", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_TakenExtract_Feed_Id",
                table: "TakenExtract",
                columns: new[] { "Feed", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_TakenExtract_PutAway",
                table: "TakenExtract",
                column: "PutAway");

            migrationBuilder.CreateIndex(
                name: "IX_Trigger_HealthSystemId_PracticeId_Name",
                table: "Trigger",
                columns: new[] { "HealthSystemId", "PracticeId", "Name" },
                unique: true,
                filter: "[PracticeId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Trigger_PracticeId",
                table: "Trigger",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_TriggerEdit_TriggerId_Id",
                table: "TriggerEdit",
                columns: new[] { "TriggerId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_WhoIsThis_Number_LineId",
                table: "WhoIsThis",
                columns: new[] { "Number", "LineId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApiKey");

            migrationBuilder.DropTable(
                name: "ApplicationAck");

            migrationBuilder.DropTable(
                name: "Attempt");

            migrationBuilder.DropTable(
                name: "AuditEntry");

            migrationBuilder.DropTable(
                name: "ChannelLine");

            migrationBuilder.DropTable(
                name: "ContactPoint");

            migrationBuilder.DropTable(
                name: "EmrDestination");

            migrationBuilder.DropTable(
                name: "EventType");

            migrationBuilder.DropTable(
                name: "FhirCounter");

            migrationBuilder.DropTable(
                name: "FhirGap");

            migrationBuilder.DropTable(
                name: "FhirHour");

            migrationBuilder.DropTable(
                name: "FhirPoll");

            migrationBuilder.DropTable(
                name: "FhirRead");

            migrationBuilder.DropTable(
                name: "FhirSilence");

            migrationBuilder.DropTable(
                name: "FhirSubscription");

            migrationBuilder.DropTable(
                name: "Holiday");

            migrationBuilder.DropTable(
                name: "InboundText");

            migrationBuilder.DropTable(
                name: "KeptAnswer");

            migrationBuilder.DropTable(
                name: "Lane");

            migrationBuilder.DropTable(
                name: "LinePace");

            migrationBuilder.DropTable(
                name: "LinkedNumber");

            migrationBuilder.DropTable(
                name: "LinkKey");

            migrationBuilder.DropTable(
                name: "ListedPatient");

            migrationBuilder.DropTable(
                name: "OpenQuestion");

            migrationBuilder.DropTable(
                name: "OptOut");

            migrationBuilder.DropTable(
                name: "PatientIdentifier");

            migrationBuilder.DropTable(
                name: "PendingOrderStatus");

            migrationBuilder.DropTable(
                name: "PendingWriteBack");

            migrationBuilder.DropTable(
                name: "PlannedMessage");

            migrationBuilder.DropTable(
                name: "PracticeChoice");

            migrationBuilder.DropTable(
                name: "Recall");

            migrationBuilder.DropTable(
                name: "Referral");

            migrationBuilder.DropTable(
                name: "Replanning");

            migrationBuilder.DropTable(
                name: "Resource");

            migrationBuilder.DropTable(
                name: "RetentionMark");

            migrationBuilder.DropTable(
                name: "SandboxText");

            migrationBuilder.DropTable(
                name: "SchemaFloor");

            migrationBuilder.DropTable(
                name: "SettingsVersion");

            migrationBuilder.DropTable(
                name: "TakenExtract");

            migrationBuilder.DropTable(
                name: "TriggerEdit");

            migrationBuilder.DropTable(
                name: "WhoIsThis");

            migrationBuilder.DropTable(
                name: "InboxMessage");

            migrationBuilder.DropTable(
                name: "OutboundMessage");

            migrationBuilder.DropTable(
                name: "PatientChannel");

            migrationBuilder.DropTable(
                name: "Campaign");

            migrationBuilder.DropTable(
                name: "Appointment");

            migrationBuilder.DropTable(
                name: "Line");

            migrationBuilder.DropTable(
                name: "Trigger");

            migrationBuilder.DropTable(
                name: "Patient");

            migrationBuilder.DropTable(
                name: "Practice");

            migrationBuilder.DropTable(
                name: "HealthSystem");

            migrationBuilder.DropSequence(
                name: "Numbers");
        }
    }
}
