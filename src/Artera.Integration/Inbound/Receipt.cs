namespace Artera.Integration.Inbound;

/// <summary>What keeping a message came to.</summary>
/// <param name="Stored">False: it is not on the disk, and the sender must not be told that it is.</param>
/// <param name="Ack">What to answer: the acknowledgement made for it, or for a resend the one given before.</param>
internal readonly record struct Receipt(bool Stored, byte[]? Ack)
{
    public static Receipt NotStored => default;
}
