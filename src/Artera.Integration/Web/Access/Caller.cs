using System.Security.Claims;
using Artera.Integration.Enterprise;

namespace Artera.Integration.Web.Access;

/// <summary>Who asks, as the audit log names them, and what they may do.</summary>
internal static class Caller
{
    /// <summary>Whoever sits at this machine; people cannot sign in yet.</summary>
    public const string Loopback = "loopback";

    private const string LocalClaim = "local";

    public static ClaimsPrincipal Local(string scheme) => Make(scheme, Loopback, Role.Enterprise, new Claim(LocalClaim, "yes"));

    public static ClaimsPrincipal WithKey(string scheme, ApiKey key) => Make(scheme, $"key:{key.Name}", key.Role);

    public static bool IsLocal(this ClaimsPrincipal caller) => caller.HasClaim(LocalClaim, "yes");

    /// <summary>The role, or a greater one.</summary>
    public static bool HasAtLeast(this ClaimsPrincipal caller, Role role) =>
        Enum.TryParse<Role>(caller.FindFirstValue(ClaimTypes.Role), out var held) && held >= role;

    public static string Who(this ClaimsPrincipal caller) => caller.Identity?.Name ?? "nobody";

    private static ClaimsPrincipal Make(string scheme, string name, Role role, params Claim[] more) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToString()), .. more], scheme));
}
