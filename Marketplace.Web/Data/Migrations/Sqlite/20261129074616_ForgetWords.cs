using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ForgetWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The start indexes all messages anew, by the words that they have now.
            migrationBuilder.Sql("DROP TABLE MessageIndex");
            migrationBuilder.Sql(Search.SqliteMessageIndex.Create);
            migrationBuilder.Sql(Search.SqliteMessageIndex.MergeByHand);
            migrationBuilder.Sql(Search.SqliteMessageIndex.RemoveAtOnce);
            migrationBuilder.Sql("DELETE FROM MessageTerms");
            migrationBuilder.Sql(
                "DELETE FROM ListingTerms WHERE ListingId IN (SELECT Listings.Id FROM Listings "
                    + "JOIN AspNetUsers ON AspNetUsers.Id = Listings.SellerId WHERE AspNetUsers.ErasedAt IS NOT NULL)"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE MessageIndex");
            migrationBuilder.Sql(
                "CREATE VIRTUAL TABLE MessageIndex USING fts5(Words, content='', contentless_delete=1, detail=none, "
                    + "tokenize=\"ascii tokenchars '_'\")"
            );
            migrationBuilder.Sql(Search.SqliteMessageIndex.MergeByHand);
            migrationBuilder.Sql("DELETE FROM MessageTerms");
        }
    }
}
