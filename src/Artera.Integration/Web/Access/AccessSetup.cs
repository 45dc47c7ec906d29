using Artera.Integration.Enterprise;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Artera.Integration.Web.Access;

/// <summary>
/// Who may ask for what. What names nobody is a page, or part of one, and answers on this machine only; an
/// address that the world may call says <c>AllowAnonymous</c>; the API names the least role.
/// </summary>
internal static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuthentication(CallerScheme.Name).AddScheme<AuthenticationSchemeOptions, CallerScheme>(CallerScheme.Name, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(context => context.User.IsLocal()).Build());
        services.AddHostedService<RefuseAnOpenDoor>();
        return services;
    }

    /// <summary>Callers with this role, or a greater one: by key from anywhere, without one on this machine.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoints, Role role)
        where TBuilder : IEndpointConventionBuilder => endpoints
        .WithMetadata(new TakesKeys())
        .RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.HasAtLeast(role)));
}

/// <summary>Marks an address that takes API keys.</summary>
internal sealed record TakesKeys;
