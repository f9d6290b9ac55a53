using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Marketplace.Web.Api;

/// <summary>
/// Adds to <c>/openapi/v1.json</c> what the framework cannot infer: security, refusals and the types of parsed values.
/// <c>Marketplace.Tests/Api/Client</c> compiles a client generated from it.
/// </summary>
internal static class ApiDocument
{
    private const string Bearer = "bearer";
    private const string Cookie = "cookie";
    private const string Problem = "application/problem+json";

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["account"] = "Signing in for programs, and who one is.",
        ["push"] = "The caller's devices that get push messages while no page is open.",
        ["listings"] = "What is for sale, and the way from a listing to its room.",
        ["rooms"] = "The caller's rooms: where a buyer and a seller talk about one listing.",
        ["messages"] = "What is said in a room. What others say arrives over the hub at /hubs/chat.",
    };

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = call => call.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(Introduce);
        options.AddOperationTransformer(Refuse);
        options.AddOperationTransformer(Count);
        options.AddSchemaTransformer(Type);
    }

    private static Task Introduce(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken _
    )
    {
        document.Info = new()
        {
            Title = "Marketplace",
            Version = "1",
            Description =
                "The messaging of a second-hand marketplace. Numbers of rooms and messages are integers, times are UTC, "
                + "prices are in minor units. Lists answer a page and the cursor of the next one.",
            License = new() { Name = "MIT", Identifier = "MIT" },
            Contact = new() { Name = "Marketplace" },
        };
        document.Servers = [new() { Url = "/" }];
        document.Tags = Tags.Select(tag => new OpenApiTag { Name = tag.Key, Description = tag.Value }).ToHashSet();
        document.AddComponent<IOpenApiSecurityScheme>(
            Bearer,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The accessToken of POST /api/account/login.",
            }
        );
        document.AddComponent<IOpenApiSecurityScheme>(
            Cookie,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "marketplace.session",
                Description = "The site's own session; the Origin of the request must then be the site's.",
            }
        );
        foreach (
            var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(one => one.Value)
        )
            operation.Security =
                operation.Responses?.ContainsKey("401") == true && !IsEntry(operation) ? Callers(document) : [];
        return Task.CompletedTask;
    }

    // Sign-in also answers 401, but requires no authentication.
    private static bool IsEntry(OpenApiOperation operation) => operation.OperationId is "login" or "refresh";

    private static List<OpenApiSecurityRequirement> Callers(OpenApiDocument document) =>
        [
            new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(Cookie, document)] = [] },
        ];

    private static Task Refuse(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken _
    )
    {
        var call = context.Description;
        var isMember = call.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();
        var isWriting = isMember && !HttpMethods.IsGet(call.HttpMethod ?? "");
        var takesAnything = call.ParameterDescriptions.Count > 0;
        string?[] statuses = [takesAnything ? "400" : null, isMember ? "401" : null, isWriting ? "503" : null];
        foreach (var status in statuses.OfType<string>())
            operation.Responses!.TryAdd(status, new OpenApiResponse());
        var content = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document),
        };
        foreach (var (status, response) in operation.Responses!.Where(one => one.Key[0] is '4' or '5'))
            if (response is OpenApiResponse refused)
                (refused.Description, refused.Content) = (
                    Sentence(status),
                    new Dictionary<string, OpenApiMediaType> { [Problem] = content }
                );
        return Task.CompletedTask;
    }

    // Optional parses text, so the framework sees a string; the schema must say integer.
    private static Task Count(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken _
    )
    {
        var numbers = context
            .Description.ParameterDescriptions.Where(one => one.ParameterDescriptor?.ParameterType == typeof(Optional))
            .Select(one => one.Name)
            .ToHashSet();
        foreach (var parameter in (operation.Parameters ?? []).Where(one => numbers.Contains(one.Name ?? "")))
            if (parameter.Schema is OpenApiSchema schema)
                (schema.Type, schema.Format) = (JsonSchemaType.Integer, "int64");
        return Task.CompletedTask;
    }

    private static string Sentence(string status) =>
        status switch
        {
            "400" => "The call says something that is not taken; the detail says what.",
            "401" => "Nobody is signed in, or not any more.",
            "403" => "It may not be done; the detail says why.",
            "404" => "It is not there, or not the caller's: both are answered alike.",
            "409" => "It does not go as things are; the detail says why.",
            "429" => "Too fast; Retry-After says in how many seconds to try again.",
            _ => "Too busy to store it; the same call may be sent again.",
        };

    private static Task Type(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken _)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type).IsEnum)
            (schema.Type, schema.Enum) = (
                JsonSchemaType.String,
                [.. (schema.Enum ?? []).Where(name => name is not null && name.GetValueKind() == JsonValueKind.String)]
            );
        if (type == typeof(ProblemDetails))
            Code(schema);
        // Required request fields are nullable in code, so that a missing one is refused with a sentence.
        if (type.Name.EndsWith("Request", StringComparison.Ordinal) && type != typeof(ReactionRequest))
            foreach (var name in schema.Required ?? new HashSet<string>())
                if (schema.Properties?[name] is OpenApiSchema property)
                    property.Type &= ~JsonSchemaType.Null;
        return Task.CompletedTask;
    }

    private static void Code(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "What a program decides by; the detail is for people, in their language.",
            Examples = [JsonValue.Create("not_found")],
        };
    }
}
