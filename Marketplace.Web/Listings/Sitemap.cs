using System.Globalization;
using System.Text;
using Marketplace.Web.Data;
using Marketplace.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>Active listings in the format of sitemaps.org, read at most once an hour; robots.txt too.</summary>
internal sealed class Sitemap(IDbContextFactory<MarketplaceDbContext> database, SiteAddress site, TimeProvider clock)
    : IDisposable
{
    private const int MaxCount = 50_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim turn = new(1);
    private (DateTimeOffset At, IReadOnlyList<Entry> Entries)? read;

    public void Dispose() => turn.Dispose();

    public IResult Robots(HttpContext http) =>
        TypedResults.Text(
            $"""
            User-agent: *
            Allow: /account/login$
            Allow: /account/register$
            Disallow: /account/
            Disallow: /admin
            Disallow: /api/
            Disallow: /favourites
            Disallow: /listings/mine
            Disallow: /listings/new
            Disallow: /messages
            Sitemap: {site.Of(Base(http), "/sitemap.xml")}

            """,
            "text/plain"
        );

    public async Task<IResult> ListAsync(HttpContext http)
    {
        var entries = await EntriesAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = string.Create(
            CultureInfo.InvariantCulture,
            $"public, max-age={Fresh.TotalSeconds}"
        );
        var address = site.Of(Base(http), "/");
        return TypedResults.Stream(stream => WriteAsync(stream, address, entries), "application/xml");
    }

    private static async Task WriteAsync(Stream stream, string address, IReadOnlyList<Entry> entries)
    {
        await using var xml = new StreamWriter(stream, new UTF8Encoding(false), 16 * 1024);
        await xml.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        await xml.WriteAsync("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        await xml.WriteAsync($"<url><loc>{address}</loc></url>\n");
        foreach (var (id, changedAt) in entries)
            await xml.WriteAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<url><loc>{address}listings/{id}</loc><lastmod>{changedAt:yyyy-MM-ddTHH:mm:ssZ}</lastmod></url>\n"
                )
            );
        await xml.WriteAsync("</urlset>\n");
    }

    private async Task<IReadOnlyList<Entry>> EntriesAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (read is not { } last || clock.GetUtcNow() - last.At >= Fresh)
                read = last = (clock.GetUtcNow(), await ReadAsync(cancellation));
            return last.Entries;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<Entry>> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db
            .Listings.Where(listing => listing.OnSale && listing.State == ListingState.Active)
            .OrderByDescending(listing => listing.Id)
            .Take(MaxCount - 1)
            .Select(listing => new Entry(listing.Id, listing.ChangedAt))
            .ToListAsync(cancellation);
    }

    private static string Base(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private sealed record Entry(long Id, DateTime ChangedAt);
}
