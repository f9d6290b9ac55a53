using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Marketplace.Tests.Support;

/// <summary>The directions in which a <see cref="Link"/> carries bytes.</summary>
[Flags]
public enum Ways
{
    None = 0,
    ToServer = 1,
    ToClient = 2,
    Both = ToServer | ToClient,
}

/// <summary>A proxy between browser and site, or site and broker, that can be slowed down, cut, silenced and mended.</summary>
public sealed class Link : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri target;
    private readonly List<TcpClient> open = [];
    private readonly CancellationTokenSource ended = new();
    private readonly Task accepting;
    private Ways silent;
    private string? lost;
    private bool isCut;

    public Link(Uri target)
    {
        this.target = target;
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The one-way delay of each byte.</summary>
    public TimeSpan Delay { get; set; }

    public void Cut()
    {
        lock (open)
        {
            isCut = true;
            open.ForEach(client => client.Close());
            open.Clear();
        }
    }

    /// <summary>From now on takes what is sent in these directions and carries none of it; connections stay open.</summary>
    public void Silence(Ways ways)
    {
        lock (open)
            silent = ways;
    }

    /// <summary>Loses the next part to the client that holds this text, and nothing else.</summary>
    public void Lose(string text) => lost = text;

    /// <summary>
    /// New connections are carried as ever. One that lost bytes stays silent, as behind a firewall that has forgotten it.
    /// </summary>
    public void Mend()
    {
        lock (open)
            (isCut, silent) = (false, Ways.None);
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync(ended.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            lock (open)
            {
                if (isCut)
                    return;
                open.AddRange([near, far]);
            }
            try
            {
                await far.ConnectAsync(target.Host, target.Port, ended.Token);
                near.NoDelay = far.NoDelay = true;
                await Task.WhenAny(PumpAsync(near, far, Ways.ToServer), PumpAsync(far, near, Ways.ToClient));
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or SocketException
                            or ObjectDisposedException
                            or OperationCanceledException
                )
            {
                // The link was cut, or one end closed.
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Ways way)
    {
        var (source, target) = (from.GetStream(), to.GetStream());
        var sent = Task.CompletedTask;
        var buffer = new byte[16_384];
        var isLost = false;
        int read;
        while ((read = await source.ReadAsync(buffer, ended.Token)) > 0)
        {
            isLost |= silent.HasFlag(way);
            if (isLost || way is Ways.ToClient && IsToBeLost(buffer.AsSpan(0, read)))
                continue;
            var (part, before, wait) = (buffer[..read], sent, Task.Delay(Delay, ended.Token));
            sent = SendAsync();

            async Task SendAsync()
            {
                await before;
                await wait;
                await target.WriteAsync(part, ended.Token);
            }
        }
        await sent;
    }

    private bool IsToBeLost(ReadOnlySpan<byte> part)
    {
        if (lost is not { } text || part.IndexOf(Encoding.UTF8.GetBytes(text)) < 0)
            return false;
        lost = null;
        return true;
    }
}
