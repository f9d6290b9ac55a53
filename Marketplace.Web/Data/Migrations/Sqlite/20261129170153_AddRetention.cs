using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.Sqlite
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Signature = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditCuts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RetentionRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    MessagesBefore = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PicturesBefore = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EntriesBefore = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Messages = table.Column<long>(type: "INTEGER", nullable: false),
                    Pictures = table.Column<long>(type: "INTEGER", nullable: false),
                    Entries = table.Column<long>(type: "INTEGER", nullable: false)
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
            migrationBuilder.Sql("DROP TRIGGER AuditEntriesStay");
            migrationBuilder.Sql(
                "CREATE TRIGGER AuditEntriesStay BEFORE DELETE ON AuditEntries "
                    + "WHEN OLD.Number = 0 OR OLD.Number > (SELECT coalesce(max(Number), 0) FROM AuditCuts) "
                    + "BEGIN SELECT RAISE(ABORT, 'The record of administrators is append-only.'); END");
            migrationBuilder.Sql(
                "CREATE TRIGGER AuditCutsStand BEFORE UPDATE ON AuditCuts "
                    + "BEGIN SELECT RAISE(ABORT, 'Cuts of the record stand.'); END");
            migrationBuilder.Sql(
                "CREATE TRIGGER AuditCutsStay BEFORE DELETE ON AuditCuts "
                    + "BEGIN SELECT RAISE(ABORT, 'Cuts of the record stand.'); END");
            migrationBuilder.Sql(
                "CREATE TRIGGER AuditCutsRise BEFORE INSERT ON AuditCuts "
                    + "WHEN EXISTS (SELECT 1 FROM AuditCuts WHERE Id = NEW.Id OR Number >= NEW.Number) "
                    + "BEGIN SELECT RAISE(ABORT, 'Cuts of the record stand.'); END");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER AuditEntriesStay");
            migrationBuilder.Sql(
                "CREATE TRIGGER AuditEntriesStay BEFORE DELETE ON AuditEntries "
                    + "BEGIN SELECT RAISE(ABORT, 'The record of administrators is append-only.'); END");
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
