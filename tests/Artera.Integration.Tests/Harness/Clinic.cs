using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Replies;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Harness;

/// <summary>A practice with one line, in the words of what happens there.</summary>
internal sealed class Clinic : IAsyncDisposable
{
    private int version;
    private int texts;

    private Clinic(Rooms rooms) => Rooms = rooms;

    public Rooms Rooms { get; }

    public Practice Practice { get; private set; } = null!;

    public Line Line { get; private set; } = null!;

    public Instant Now => Rooms.Services.GetRequiredService<TimeProvider>().Now();

    public static Task<Clinic> Open(bool oneWay = false, params KeyValuePair<string, string?>[] settings) => OpenOn(TestDatabase.Usual, oneWay, settings);

    public static async Task<Clinic> OpenOn(DatabaseProvider on, bool oneWay = false, params KeyValuePair<string, string?>[] settings)
    {
        var clinic = new Clinic(await Rooms.OpenOn(on, settings: settings));
        var system = new HealthSystem { Name = "Test Health" };
        await clinic.Rooms.Write(system);
        clinic.Practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await clinic.Rooms.Write(clinic.Practice);
        clinic.Line = new Line { PracticeId = clinic.Practice.Id, Number = "+12125550100", Name = "Front desk", OneWay = oneWay };
        await clinic.Rooms.Write(clinic.Line);
        return clinic;
    }

    public async Task<Patient> Patient(string id, string given, string? cell, string? language = null)
    {
        var facts = new PatientFacts { Id = id, Given = given, Family = "Sample" };
        if (cell is not null)
            facts = facts with { Cell = cell };
        if (language is not null)
            facts = facts with { Language = language };
        return (await Rooms.Send(new UpdatePatient("main", "US", facts, NextVersion()))).Patient;
    }

    public async Task<Appointment> Book(Patient patient, string id, Duration? ahead = null)
    {
        await Say(patient, id, AppointmentChange.Book, ahead ?? Duration.FromDays(2));
        return await Visit(id);
    }

    public Task Say(Patient patient, string id, AppointmentChange change, Duration? ahead = null)
    {
        var facts = new AppointmentFacts { Id = id };
        if (ahead is { } duration)
            facts = facts with { Start = new VisitStart(Now + duration) };
        return Rooms.Send(new RecordAppointment("main", "main", patient.Id, Practice.Id, change, facts, NextVersion(), null));
    }

    public Task<Appointment> Visit(string id) => Rooms.Read(db => db.Set<Appointment>().SingleAsync(row => row.ExternalId == id));

    /// <summary>A message that asks about one or several visits goes out, as outreach sends it.</summary>
    public async Task Ask(Patient patient, params Appointment[] visits)
    {
        var message = await Rooms.Send(new QueueMessage(
            Medium.Sms, Line.Id, Line.Number, patient.Address(ContactTag.Cell)!, "Will you come?", Priority.Reminder, patient.Id));
        await Rooms.Write([.. visits.Select(visit => new OpenQuestion
        {
            LineId = Line.Id,
            Number = message.To,
            PatientId = patient.Id,
            AppointmentId = visit.Id,
            OutboundMessageId = message.Id,
            AskedAt = Now,
            ClosesAt = visit.StartsAt!.Value,
        })]);
    }

    public async Task<InboundText> Receive(string from, string body, string? to = null)
    {
        var text = new InboundText
        {
            ProviderId = string.Create(CultureInfo.InvariantCulture, $"SM{++texts}"),
            From = from,
            To = to ?? Line.Number,
            Body = body,
            ReceivedAt = Now,
            DueAt = Now,
        };
        await Rooms.Write(text);
        return text;
    }

    /// <summary>A text comes in and is read at once.</summary>
    /// <returns>What it was taken for.</returns>
    public async Task<string> Hear(string from, string body) => await Rooms.Send(new ReadReply((await Receive(from, body)).Id));

    public async Task<T> Send<T>(IQuery<T> query)
    {
        await using var scope = Rooms.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(query);
    }

    /// <summary>The conversation with a patient, or with a number that nobody knows.</summary>
    public async Task<Conversation> Conversation(Patient? patient, string? number = null)
    {
        var id = await Rooms.Read(db => db.Set<PatientChannel>()
            .Where(channel => patient != null ? channel.PatientId == patient.Id : channel.PatientId == null && channel.Address == number)
            .Select(channel => channel.Id)
            .SingleAsync());
        return (await Send(new ChannelConversation(id)))!;
    }

    public Task<List<string>> SentTo(string number) => Rooms.Read(db => db.Set<OutboundMessage>()
        .Where(message => message.To == number).OrderBy(message => message.Id).Select(message => message.Body).ToListAsync());

    public void Pass(Duration duration) => Rooms.Clock.Advance(duration.ToTimeSpan());

    public ValueTask DisposeAsync() => Rooms.DisposeAsync();

    private MessageVersion NextVersion() => new(Now, (++version).ToString(CultureInfo.InvariantCulture));
}
