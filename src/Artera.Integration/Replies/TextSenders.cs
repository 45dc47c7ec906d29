using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Wording;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Replies;

/// <summary>Looks up what is known of a number on a line.</summary>
internal sealed class TextSenders(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, TimeProvider time, IOptions<RepliesOptions> options)
{
    public async Task<TextSender> Find(Line line, string number, CancellationToken cancellation)
    {
        var now = time.Now();
        var asked = await AskedVisit.At(db, line.Id, number, now, cancellation);
        var directory = await enterprise.Get(cancellation);
        var language = directory.HealthSystemOf(directory.Practice(line.PracticeId)).BaseLanguage;
        var people = await People(line, number, asked.Select(visit => visit.PatientId), language, cancellation);
        return new TextSender(
            line,
            number,
            (people.Find(person => person.Id == asked.FirstOrDefault()?.PatientId) ?? people.FirstOrDefault())?.Language ?? language,
            await db.IsOptedOut(line.Id, number, cancellation),
            people,
            asked.FindAll(visit => visit.Question.State == QuestionState.Open),
            options.Value.AcceptChangeOfMind ? asked.FindAll(visit => visit.Question.State == QuestionState.Answered) : [],
            await db.Set<WhoIsThis>().SingleOrDefaultAsync(row => row.Number == number && row.LineId == line.Id, cancellation),
            now - Duration.FromHours(options.Value.ChoiceHoldsHours));
    }

    private async Task<List<TextSender.Person>> People(Line line, string number, IEnumerable<long> asked, string language, CancellationToken cancellation)
    {
        var having = await db.Set<ContactPoint>().Where(point => point.Address == number).Select(point => point.PatientId).ToListAsync(cancellation);
        if (having.Count == 0)
        {
            having = await db.Set<LinkedNumber>()
                .Where(linked => linked.Number == number && linked.LineId == line.Id)
                .Select(linked => linked.PatientId)
                .ToListAsync(cancellation);
        }

        var ids = having.Union(asked).ToArray();
        var people = await db.Set<Patient>()
            .Where(patient => ids.Contains(patient.Id))
            .OrderBy(patient => patient.Id)
            .Select(patient => new { patient.Id, patient.Preferred, patient.Given, patient.Language })
            .ToListAsync(cancellation);
        return people.ConvertAll(person => new TextSender.Person(
            person.Id, FirstName(person.Preferred ?? person.Given, person.Language ?? language), person.Language ?? language));
    }

    private static string? FirstName(string? name, string language) =>
        string.IsNullOrWhiteSpace(name) ? null : ProperCase.Of(name, Languages.Culture(language));
}
