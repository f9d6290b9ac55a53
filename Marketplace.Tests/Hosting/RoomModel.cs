namespace Marketplace.Tests.Hosting;

/// <summary>What must be of a message.</summary>
internal sealed class Said(Device by, Guid clientId, string body)
{
    public Device By => by;
    public Guid ClientId => clientId;
    public string Body { get; private set; } = body;
    public bool IsDeleted { get; private set; }

    /// <summary>Whether its sender may still correct or delete it: the demo's are too old.</summary>
    public bool IsFresh { get; init; } = true;

    /// <summary>Whose sign is on it.</summary>
    public SortedDictionary<long, string> Reactions { get; } = [];

    public void Edit(string text) => Body = text;

    /// <summary>A tombstone says nothing, and nobody's sign is on it.</summary>
    public void Delete()
    {
        (Body, IsDeleted) = ("", true);
        Reactions.Clear();
    }

    public void React(Device person, string? sign)
    {
        if (sign is null)
            Reactions.Remove(person.Id);
        else
            Reactions[person.Id] = sign;
    }
}

/// <summary>What must be of a room.</summary>
internal sealed class RoomModel(long room, Device[] members)
{
    public long Room => room;
    public Device[] Members => members;
    public List<Said> Said { get; } = [];
    public Dictionary<Device, long> Read { get; } = members.ToDictionary(member => member, _ => 0L);

    /// <summary>Messages of the other above the mark; a deleted one is worth no number.</summary>
    public int Unread(Device reader) =>
        Said.Skip((int)Read[reader]).Count(message => message.By != reader && !message.IsDeleted);

    /// <summary>One of the person's own that may still be changed, with its seq; null if there is none.</summary>
    public (long Seq, Said Said)? Own(Device person, int pick)
    {
        var own = Said.FindAll(said => said.By == person && said is { IsFresh: true, IsDeleted: false });
        return own.Count == 0 ? null : (Said.IndexOf(own[pick % own.Count]) + 1, own[pick % own.Count]);
    }
}
