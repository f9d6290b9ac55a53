using System.Reflection;
using System.Runtime.CompilerServices;

namespace Marketplace.Tests.Support;

/// <summary>What a method leads to, read from its IL: through asynchronous bodies, closures and other parts.</summary>
internal static class Calls
{
    private const BindingFlags All =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    // call, newobj, callvirt, and the second byte of ldftn and ldvirtftn (ECMA-335, III).
    private static readonly byte[] Codes = [0x28, 0x73, 0x6F, 0x06, 0x07];

    /// <summary>Those of the goals that are called, without looking into them.</summary>
    public static IEnumerable<MethodInfo> Reached(MethodInfo from, IReadOnlyCollection<MethodInfo> goals)
    {
        var (seen, open) = (new HashSet<MethodBase>(), new Stack<MethodBase>([from]));
        while (open.TryPop(out var method))
        {
            if (method.Module != from.Module || !seen.Add(method))
                continue;
            if (method is MethodInfo goal && goals.Contains(goal))
                yield return goal;
            else
                foreach (var next in Bodies(method).SelectMany(Called))
                    open.Push(next);
        }
    }

    private static IEnumerable<MethodBase> Bodies(MethodBase method) =>
        method.GetCustomAttribute<StateMachineAttribute>() is { } machine
            ? machine.StateMachineType.GetMethods(All)
            : [method];

    // Reads a token behind each byte that may be such a code; what is none resolves to no method.
    private static IEnumerable<MethodBase> Called(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at + 4 < il.Length; at++)
            if (Codes.Contains(il[at]) && Resolved(method, BitConverter.ToInt32(il, at + 1)) is { } called)
                yield return called;
    }

    private static MethodBase? Resolved(MethodBase within, int token)
    {
        try
        {
            return within.Module.ResolveMethod(
                token,
                within.DeclaringType?.GetGenericArguments(),
                within.IsGenericMethod ? within.GetGenericArguments() : null
            );
        }
        catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
