using System.Text.Json;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>The events of the features, which this room does not know, by their names.</summary>
internal static class RelayedTypes
{
    private static readonly Dictionary<string, Type> ByName = typeof(IRelayed)
        .Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IRelayed)))
        .ToDictionary(type => type.Name);

    public static IEnumerable<Type> All => ByName.Values;

    public static byte[] Write(IRelayed told) => JsonSerializer.SerializeToUtf8Bytes(told, told.GetType());

    /// <summary>For a type of another version, what is told in its place.</summary>
    public static Type Find(string name) => ByName.GetValueOrDefault(name, typeof(Missed));

    /// <summary>Null for an event of another version, which cannot be read.</summary>
    public static object? Read(string name, ReadOnlySpan<byte> body)
    {
        if (!ByName.TryGetValue(name, out var type))
            return null;
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
