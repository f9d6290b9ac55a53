using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Rate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_RoomId_Rev",
                table: "Messages");

            migrationBuilder.AddColumn<bool>(
                name: "IsChanged",
                table: "Messages",
                type: "bit",
                nullable: false,
                defaultValue: false);

            // Too many is no harm: what is marked is found by its rev, which each has.
            migrationBuilder.Sql(
                "UPDATE Messages SET IsChanged = 1 WHERE EditedAt IS NOT NULL OR DeletedAt IS NOT NULL OR Data IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_RoomId_Rev",
                table: "Messages",
                columns: new[] { "RoomId", "Rev" },
                filter: "[IsChanged] = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_RoomId_Rev",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "IsChanged",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_RoomId_Rev",
                table: "Messages",
                columns: new[] { "RoomId", "Rev" });
        }
    }
}
