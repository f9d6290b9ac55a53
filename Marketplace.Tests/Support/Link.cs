using System.Net;
using System.Net.Sockets;

namespace Marketplace.Tests.Support;

/// <summary>A proxy between browser and site that can be slowed down, cut and mended.</summary>
public sealed class Link : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri target;
    private readonly List<TcpClient> open = [];
    private readonly CancellationTokenSource ended = new();
    private readonly Task accepting;
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

    public void Mend()
    {
        lock (open)
            isCut = false;
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
                await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
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

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        var (source, target) = (from.GetStream(), to.GetStream());
        var sent = Task.CompletedTask;
        var buffer = new byte[16_384];
        int read;
        while ((read = await source.ReadAsync(buffer, ended.Token)) > 0)
        {
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
}
