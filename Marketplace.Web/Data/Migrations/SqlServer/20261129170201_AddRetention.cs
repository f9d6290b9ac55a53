using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddRetention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Rooms_BuyerId",
                table: "Rooms");

            migrationBuilder.CreateTable(
                name: "AuditCuts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Signature = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditCuts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RetentionRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    MessagesBefore = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PicturesBefore = table.Column<DateTime>(type: "datetime2", nullable: true),
                    EntriesBefore = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Messages = table.Column<long>(type: "bigint", nullable: false),
                    Pictures = table.Column<long>(type: "bigint", nullable: false),
                    Entries = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionRuns", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Rooms_BuyerId_CreatedAt",
                table: "Rooms",
                columns: new[] { "BuyerId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditCuts_Number",
                table: "AuditCuts",
                column: "Number",
                unique: true);

            // Only what a cut covers may be deleted; cuts stand, and go forwards.
            migrationBuilder.Sql(
                "ALTER TRIGGER AuditEntriesStand ON AuditEntries AFTER UPDATE, DELETE AS "
                    + "IF EXISTS (SELECT 1 FROM inserted) AND EXISTS (SELECT 1 FROM deleted WHERE Number > 0) "
                    + "OR NOT EXISTS (SELECT 1 FROM inserted) AND EXISTS (SELECT 1 FROM deleted WHERE Number = 0 "
                    + "OR Number > (SELECT coalesce(max(Number), 0) FROM AuditCuts)) "
                    + "BEGIN ROLLBACK TRANSACTION; THROW 50001, 'The record of administrators is append-only.', 1; END");
            migrationBuilder.Sql(
                "CREATE TRIGGER AuditCutsStand ON AuditCuts AFTER UPDATE, DELETE AS "
                    + "IF EXISTS (SELECT 1 FROM deleted) "
                    + "BEGIN ROLLBACK TRANSACTION; THROW 50001, 'Cuts of the record stand.', 1; END");
            migrationBuilder.Sql(
                "CREATE TRIGGER AuditCutsRise ON AuditCuts AFTER INSERT AS "
                    + "IF EXISTS (SELECT 1 FROM inserted JOIN AuditCuts ON AuditCuts.Id < inserted.Id "
                    + "AND AuditCuts.Number >= inserted.Number) "
                    + "BEGIN ROLLBACK TRANSACTION; THROW 50001, 'Cuts of the record stand.', 1; END");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                "ALTER TRIGGER AuditEntriesStand ON AuditEntries AFTER UPDATE, DELETE AS "
                    + "IF EXISTS (SELECT 1 FROM deleted WHERE Number > 0 OR NOT EXISTS (SELECT 1 FROM inserted)) "
                    + "BEGIN ROLLBACK TRANSACTION; THROW 50001, 'The record of administrators is append-only.', 1; END");
            migrationBuilder.DropTable(
                name: "AuditCuts");

            migrationBuilder.DropTable(
                name: "RetentionRuns");

            migrationBuilder.DropIndex(
                name: "IX_Rooms_BuyerId_CreatedAt",
                table: "Rooms");

            migrationBuilder.CreateIndex(
                name: "IX_Rooms_BuyerId",
                table: "Rooms",
                column: "BuyerId");
        }
    }
}
