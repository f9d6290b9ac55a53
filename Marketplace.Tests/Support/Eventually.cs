namespace Marketplace.Tests.Support;

public static class Eventually
{
    // Generous: how long it takes says more about the machine than about the product.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        for (var until = DateTime.UtcNow + Patience; !condition(); await Task.Delay(5))
            Assert.True(DateTime.UtcNow < until, $"It never came true that {what}.");
    }

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        for (var until = DateTime.UtcNow + Patience; !await condition(); await Task.Delay(5))
            Assert.True(DateTime.UtcNow < until, $"It never came true that {what}.");
    }

    /// <summary>Waits for the task; on a timeout, fails with what did not happen.</summary>
    public static async Task InTimeAsync(this Task task, string what) =>
        await Task.Run(async () =>
            {
                await task;
                return true;
            })
            .InTimeAsync(what);

    public static async Task<T> InTimeAsync<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It never happened that {what}.");
            throw;
        }
    }
}
