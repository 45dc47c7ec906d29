using System.Globalization;
using System.Text;

namespace Artera.Integration.Operations.Load;

/// <summary>A message with places for its numbers.</summary>
internal sealed class LoadTemplate(string text)
{
    private readonly byte[] bytes = Encoding.ASCII.GetBytes(text);
    private readonly int[] controlIds = Places(text, LoadTexts.ControlIdMark);
    private readonly int[] appointments = Places(text, LoadTexts.AppointmentMark);
    private readonly int[] patients = Places(text, LoadTexts.PatientMark);
    private readonly int[] phones = Places(text, LoadTexts.PhoneMark[^2..]);

    public byte[] Message(int controlId, int appointment, int patient, int phone)
    {
        var message = bytes.AsSpan().ToArray();
        Write(message, controlIds, controlId, "D9");
        Write(message, appointments, appointment, "D9");
        Write(message, patients, patient, "D9");
        Write(message, phones, phone % 100, "D2");
        return message;
    }

    private static void Write(byte[] message, int[] places, int number, string format)
    {
        foreach (var at in places)
            number.TryFormat(message.AsSpan(at), out _, format, CultureInfo.InvariantCulture);
    }

    private static int[] Places(string text, string mark)
    {
        var places = new List<int>();
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
            places.Add(at);
        return [.. places];
    }
}
