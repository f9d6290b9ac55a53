namespace Marketplace.Tests.Support;

/// <summary>Waits for what must become true, instead of sleeping and hoping.</summary>
public static class Eventually
{
    // Only what never comes is a failure; how long it took says more about the machine than about the product.
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

    /// <summary>Waits for the task, or fails saying what did not happen.</summary>
    public static async Task InTimeAsync(this Task task, string what) =>
        await Task.Run(async () =>
            {
                await task;
                return true;
            })
            .InTimeAsync(what);

    /// <summary>The task's result, or a failure that says what did not happen.</summary>
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
