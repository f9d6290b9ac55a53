using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Api;

/// <summary>What to report: a message by room and seq, a room, a person or a listing by its id.</summary>
public sealed record ReportRequest(
    ReportKind? Kind,
    long? RoomId,
    long? Seq,
    long? PersonId,
    long? ListingId,
    ReportReason? Reason,
    string? Text
);

/// <summary>The receipt.</summary>
public sealed record ReportAnswer(long Id);

internal static class ReportEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/reports").RequireAuthorization().WithTags("reports");
        reports
            .MapGet("", ListAsync)
            .WithName("listReports")
            .Produces<ListAnswer<ReceiptView>>()
            .WithSummary("Lists what the caller reported")
            .WithDescription("The newest first, all on one page, with what was decided.");
        reports
            .MapPost("", ReportAsync)
            .WithMetadata(new LimitedAttribute("Report", 20))
            .WithName("report")
            .Produces<ReportAnswer>(StatusCodes.Status200OK)
            .Produces<ReportAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Reports a message, a room, a person or a listing")
            .WithDescription(
                "What is reported is kept as it is now. 200 with the first id while a report of it is open."
            );
    }

    private static async Task<IResult> ListAsync(ReportService reports) =>
        TypedResults.Ok(new ListAnswer<ReceiptView>(await reports.MineAsync(), null));

    private static async Task<IResult> ReportAsync(
        ReportRequest request,
        HttpContext http,
        ReportService reports,
        IStringLocalizer<ReportTexts> texts
    )
    {
        if (Target(request) is not { } target)
            return new Refusal(RefusalKind.Invalid, texts["Report.NoKind"]).Problem(http);
        var sent = await reports.ReportAsync(target, request.Reason, request.Text);
        return sent.Refusal is { } refusal ? refusal.Problem(http)
            : sent.Value is { IsNew: true, Id: var id } ? TypedResults.Created($"/reports/{id}", new ReportAnswer(id))
            : TypedResults.Ok(new ReportAnswer(sent.Value!.Id));
    }

    private static ReportTarget? Target(ReportRequest request) =>
        request switch
        {
            { Kind: ReportKind.Message, RoomId: { } room, Seq: { } seq } => new(ReportKind.Message, room, seq),
            { Kind: ReportKind.Room, RoomId: { } room } => new(ReportKind.Room, room),
            { Kind: ReportKind.Person, PersonId: { } person } => new(ReportKind.Person, PersonId: person),
            { Kind: ReportKind.Listing, ListingId: { } listing } => new(ReportKind.Listing, ListingId: listing),
            _ => null,
        };
}
