using System.Reflection;
using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.JSInterop;

namespace Marketplace.Tests.Support;

/// <summary>
/// What a live page lets its person cause on the server: the public methods of the services that its components inject
/// and of the sessions that those open. A service that neither knows who asks nor reaches the database is a helper.
/// </summary>
public sealed class CircuitEntries(IServiceProvider services)
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly Site = typeof(Program).Assembly;
    private static readonly Type[] Anchors =
    [
        typeof(CurrentUser),
        typeof(IDbContextFactory<MarketplaceDbContext>),
        typeof(WriteTransactions),
    ];

    private static IEnumerable<Type> Components =>
        Site.GetTypes()
            .Where(type => typeof(IComponent).IsAssignableFrom(type) && !type.IsAbstract)
            .Where(type => !type.IsDefined(typeof(ExcludeFromInteractiveRoutingAttribute)));

    /// <summary>The methods that a browser calls by name.</summary>
    public static IEnumerable<MethodInfo> OfBrowsers =>
        Components.SelectMany(type =>
            type.GetMethods(Own | BindingFlags.Static).Where(method => method.IsDefined(typeof(JSInvokableAttribute)))
        );

    public IReadOnlyList<MethodInfo> Methods =>
        [
            .. Services()
                .SelectMany(Public)
                .SelectMany(method => Session(method) is { } session ? Public(session).Prepend(method) : [method])
                .Distinct()
                .OrderBy(Name, StringComparer.Ordinal),
        ];

    public static string Name(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(',', method.GetParameters().Select(p => p.Name))})";

    private IEnumerable<Type> Services() =>
        Components
            .SelectMany(Injected)
            .Where(type => type.Assembly == Site)
            .Distinct()
            .Select(Implementation)
            .Where(type => Reaches(type, []))
            .SelectMany(BehindScreen)
            .Distinct();

    private static IEnumerable<Type> Injected(Type component) =>
        component.BaseType is { } above
            ? component
                .GetProperties(Own)
                .Where(property => property.IsDefined(typeof(InjectAttribute)))
                .Select(property => property.PropertyType)
                .Concat(Injected(above))
            : [];

    // What asks in dialogs is a part of the screen: what it uses takes its place.
    private IEnumerable<Type> BehindScreen(Type service) =>
        Needs(service).Any(type => type.Namespace == nameof(MudBlazor))
            ? Needs(service).Where(type => type.Assembly == Site && Reaches(type, [])).SelectMany(BehindScreen)
            : [service];

    private bool Reaches(Type type, HashSet<Type> seen) =>
        Anchors.Contains(type)
        || (
            type.Assembly == Site && seen.Add(type) && Needs(Implementation(type)).Any(needed => Reaches(needed, seen))
        );

    private Type Implementation(Type type) => type.IsInterface ? services.GetService(type)?.GetType() ?? type : type;

    private static IEnumerable<Type> Needs(Type type) =>
        type.GetConstructors().SelectMany(made => made.GetParameters()).Select(needed => needed.ParameterType);

    private static IEnumerable<MethodInfo> Public(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.Name != nameof(IDisposable.Dispose));

    private static Type? Session(MethodInfo method) =>
        method.ReturnType.Name.EndsWith("Session", StringComparison.Ordinal) ? method.ReturnType : null;
}
