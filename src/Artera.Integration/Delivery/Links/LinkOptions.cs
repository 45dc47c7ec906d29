namespace Artera.Integration.Delivery.Links;

/// <summary>The section <c>Links</c>: addresses of this server that patients are sent.</summary>
public sealed class LinkOptions
{
    /// <summary>
    /// Where patients reach this server, such as <c>https://visits.example.org</c>; short, since it is part of texts. Null:
    /// <c>Twilio:PublicUrl</c>, and while nothing leaves the house, this machine.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>What links are signed with, 16 characters or more; another one makes those that are out worthless. Null: one that is made once and kept in the database.</summary>
    public string? Secret { get; set; }
}
