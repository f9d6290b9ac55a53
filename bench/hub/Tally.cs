using System.Diagnostics;

namespace Marketplace.Bench.Hub;

internal sealed class Tally(int people, int talks)
{
    private const int Most = 4_000_000;

    private readonly long[] sentAt = new long[Most];
    private readonly float[] latency = new float[Most];
    private readonly float[] echo = new float[Most];
    private readonly byte[] heardBy = new byte[Most];
    private readonly int[] sender = new int[Most];
    private readonly long[] lastSeq = new long[(people + 1) * talks];
    private int next;
    private int delivered;
    private int answered;
    private int errors;
    private int doubled;
    private int misordered;
    private int broken;

    public int Sent => next;
    public int Delivered => Volatile.Read(ref delivered);
    public int Answers => Volatile.Read(ref answered);
    public string Faults => $"errors {errors}, doubled {doubled}, misordered {misordered}, broken {broken}";
    public bool IsFlawless => errors + doubled + misordered + broken == 0;

    public int Send(int person)
    {
        sender[next] = person;
        sentAt[next] = Stopwatch.GetTimestamp();
        return next++;
    }

    public void Heard(int person, long room, int index, long seq)
    {
        ref var last = ref lastSeq[(person * talks) + ((room - 1) / (people / 2))];
        // A seq may start anywhere, because the database may hold messages already.
        if (last != 0 && seq != last + 1)
            Interlocked.Increment(ref misordered);
        last = seq;
        var bit = (byte)(person == sender[index] ? 1 : 2);
        if ((heardBy[index] & bit) != 0)
            Interlocked.Increment(ref doubled);
        heardBy[index] |= bit;
        var after = (float)Stopwatch.GetElapsedTime(sentAt[index]).TotalMilliseconds;
        if (bit == 1)
        {
            echo[index] = after;
            return;
        }
        latency[index] = after;
        Interlocked.Increment(ref delivered);
    }

    public void Answered(bool error)
    {
        Interlocked.Increment(ref answered);
        if (error)
            Interlocked.Increment(ref errors);
    }

    public void Broken() => Interlocked.Increment(ref broken);

    /// <summary>The sorted latencies of the messages between two indexes; infinite for lost ones.</summary>
    public float[] Latencies(int from, int to)
    {
        var part = latency[from..to];
        for (var i = 0; i < part.Length; i++)
            if ((heardBy[from + i] & 2) == 0)
                part[i] = float.PositiveInfinity;
        Array.Sort(part);
        return part;
    }

    /// <summary>Sorted: how much later than its sender the other one heard of a message; of those that both heard.</summary>
    public float[] Added(int from, int to) =>
        [.. Enumerable.Range(from, to - from).Where(i => heardBy[i] == 3).Select(i => latency[i] - echo[i]).Order()];

    public int Lost(int from, int to) => Enumerable.Range(from, to - from).Count(i => heardBy[i] != 3);
}
