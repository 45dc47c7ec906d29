using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Artera.Integration.Operations.Load;

/// <summary>
/// What scheduling and registration systems send, synthetic, with control ids that no earlier run has used: bookings
/// only, or a mix of 70 % scheduling (40 book, 20 move, 10 cancel) and 30 % patient updates.
/// </summary>
internal sealed class LoadMessages
{
    private readonly int patients;
    private readonly bool mixed;
    private readonly string run = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
    private readonly LoadTemplate book;
    private readonly LoadTemplate move;
    private readonly LoadTemplate cancel;
    private readonly LoadTemplate update;

    public LoadMessages(int patients, string location, bool mixed = false)
    {
        (this.patients, this.mixed) = (Math.Max(1, patients), mixed);
        var texts = new LoadTexts(run, location);
        (book, move, cancel, update) = (new(texts.Book), new(texts.Move), new(texts.Cancel), new(texts.Update));
    }

    /// <summary>MSH-10 of the message with this number.</summary>
    public byte[] ControlId(int number) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{run}{number:D9}"));

    /// <summary>The message with this number; numbers give the same message only within one run.</summary>
    public byte[] Message(int number)
    {
        if (!mixed)
            return Write(book, number, number);

        // Ten messages: four new visits, what becomes of three of the ten before, and three updates of which one brings something new.
        return (number % 10) switch
        {
            < 4 => Write(book, number, number),
            4 or 5 => Write(move, number, number - 14),
            6 => Write(cancel, number, number - 14),
            9 => Write(update, number, number - 7, phone: number / 10),
            _ => Write(update, number, number - 7),
        };
    }

    private byte[] Write(LoadTemplate template, int number, int visit, int phone = 1)
    {
        var about = Math.Max(0, visit);
        return template.Message(number, about, about % patients, phone);
    }
}
