using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Tests.House;

/// <summary>Enforces the directions of docs/architecture.md by reading the sources.</summary>
public sealed partial class DirectionTests
{
    /// <summary>The rooms below each room, which it may name.</summary>
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Shared"] = [],
        ["Realtime"] = ["Shared"],
        ["Figures"] = ["Data", "Shared"],
        ["Files"] = ["Data", "Shared"],
        ["Mail"] = ["Data", "Shared", "Outbox"],
        ["Outbox"] = ["Data", "Realtime", "Shared"],
        ["Accounts"] = ["Data", "Realtime", "Outbox", "Shared", "Files", "Mail"],
        ["Safety"] = ["Data", "Shared", "Files", "Accounts"],
        ["Listings"] = ["Data", "Realtime", "Outbox", "Shared", "Files", "Mail", "Accounts", "Safety"],
        ["Chat"] =
        [
            "Data",
            "Realtime",
            "Figures",
            "Outbox",
            "Shared",
            "Files",
            "Mail",
            "Accounts",
            "Safety",
            "Listings",
        ],
        ["Notifications"] = ["Data", "Realtime", "Outbox", "Shared", "Mail", "Accounts", "Safety", "Listings", "Chat"],
        ["Admin"] =
        [
            "Data",
            "Realtime",
            "Files",
            "Figures",
            "Outbox",
            "Shared",
            "Accounts",
            "Safety",
            "Listings",
            "Chat",
            "Notifications",
        ],
        ["Api"] = ["Data", "Realtime", "Outbox", "Shared", "Accounts", "Safety", "Listings", "Chat", "Notifications"],
        ["Layout"] = ["Shared", "Accounts", "Notifications"],
        ["Data"] =
        [
            "Shared",
            "Figures",
            "Files",
            "Outbox",
            "Notifications",
            "Accounts",
            "Safety",
            "Admin",
            "Chat",
            "Listings",
        ],
    };

    [Fact]
    public void Rooms_name_only_what_is_below_them()
    {
        var wrong =
            from file in Sources.All
            where MayName.ContainsKey(file.Room)
            from named in Named(file.Text)
            where named != file.Room && !MayName[file.Room].Contains(named)
            select $"{file.Path} names {named}";
        Assert.Empty(wrong);
    }

    /// <summary>The same within Chat. Chat itself may name all; all may name its topics and texts.</summary>
    private static readonly Dictionary<string, string[]> MayNameInChat = new()
    {
        ["Deals"] = [],
        ["Rooms"] = ["Deals"],
        ["Messages"] = ["Deals", "Rooms"],
        ["Journal"] = ["Deals", "Rooms", "Messages"],
        ["Composer"] = ["Rooms", "Messages", "Journal"],
        ["Inbox"] = ["Deals", "Rooms", "Messages", "Journal"],
        ["Search"] = ["Rooms", "Messages", "Journal", "Inbox"],
        ["Ratings"] = ["Deals", "Rooms"],
        ["Negotiation"] = ["Deals", "Rooms", "Messages", "Journal", "Ratings"],
    };

    // Components are exempt: they combine all of them.
    [Fact]
    public void Within_Chat_classes_name_only_what_is_below_them()
    {
        var wrong =
            from file in Sources.All
            where
                file.Path.StartsWith("Chat/", StringComparison.Ordinal)
                && file.Path.EndsWith(".cs", StringComparison.Ordinal)
            where MayNameInChat.ContainsKey(file.Folder)
            from named in NamesInChat().Matches(file.Text).Select(match => match.Groups[1].Value).Distinct()
            where named != file.Folder && !MayNameInChat[file.Folder].Contains(named)
            select $"{file.Path} names {named}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Features_declare_what_Data_implements_and_name_none_of_its_folders() =>
        NoFile(
            Sources.All.Where(file => file.Room is not ("Data" or "")),
            file => file.Text.Contains("Marketplace.Web.Data.")
        );

    [Fact]
    public void Every_room_is_known() =>
        Assert.Equal(MayName.Keys.Order(), Sources.All.Select(f => f.Room).Where(r => r != "").Distinct().Order());

    [Theory]
    [InlineData("DbContext")]
    [InlineData("IDbContextFactory")]
    [InlineData("Broadcaster")]
    [InlineData("WriteTransactions")]
    public void Components_never_see(string type) => NoFile(Components, file => Word(type).IsMatch(file.Text));

    [Theory]
    [InlineData("AccountManager")]
    [InlineData("AccountSignIn")]
    [InlineData("HttpContext")]
    public void Only_account_pages_and_the_document_see(string type) =>
        NoFile(
            Components.Where(file =>
                !file.Path.StartsWith("Accounts/Pages/", StringComparison.Ordinal) && file.Path != "App.razor"
            ),
            file => Word(type).IsMatch(file.Text)
        );

    [Fact]
    public void Only_Chat_writes_rooms_memberships_and_messages() =>
        NoFile(Sources.All.Where(file => file.Room is not ("Chat" or "Data")), file => Writes().IsMatch(file.Text));

    [Fact]
    public void Only_Data_knows_a_provider() =>
        NoFile(
            Sources.All.Where(file => file.Room != "Data"),
            file => Regex.IsMatch(file.Text, @"FromSql|ExecuteSql|Microsoft\.Data\.Sql|UseSqlite|UseSqlServer")
        );

    [Fact]
    public void No_type_bears_its_folders_name() =>
        NoFile(
            Sources.All.Where(file => file.Folder != ""),
            file => Regex.IsMatch(file.Text, $@"\b(class|record|struct|interface|enum) {file.Folder}\b")
        );

    [Fact]
    public void Time_comes_from_the_clock_that_was_given() =>
        NoFile(Sources.All, file => Regex.IsMatch(file.Text, @"DateTime(Offset)?\.(Utc)?Now"));

    // The framework answers 500 to a number that it cannot read.
    [Fact]
    public void Pages_read_the_values_of_an_address_themselves() =>
        Assert.Empty(
            typeof(SiteTraces)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetProperties())
                .Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute), inherit: true))
                .Where(property => property.PropertyType != typeof(string) && property.PropertyType != typeof(string[]))
                .Select(property => $"{property.DeclaringType}.{property.Name}")
        );

    [Fact]
    public void Nothing_is_async_void() => NoFile(Sources.All, file => file.Text.Contains("async void"));

    private static void NoFile(IEnumerable<SourceFile> files, Func<SourceFile, bool> isWrong) =>
        Assert.Empty(files.Where(isWrong).Select(file => file.Path));

    private static IEnumerable<SourceFile> Components =>
        Sources.All.Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal));

    private static Regex Word(string word) => new($@"\b{word}\b");

    private static IEnumerable<string> Named(string text) =>
        Names().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex(@"^using Marketplace\.Web\.Chat\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex NamesInChat();

    [GeneratedRegex(@"Marketplace\.Web\.(\w+)")]
    private static partial Regex Names();

    [GeneratedRegex(@"new (Room|Membership|Message)\b\s*[({]|\.(Rooms|Memberships|Messages)\s*\.(Add|Remove|Update)")]
    private static partial Regex Writes();
}
