using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ClientIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_RoomId_SenderId_ClientId",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_ClientId_SenderId_RoomId",
                table: "Messages",
                columns: new[] { "ClientId", "SenderId", "RoomId" },
                unique: true);

            migrationBuilder.Sql(Search.SqliteMessageIndex.MergeByHand);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("INSERT INTO MessageIndex (MessageIndex, rank) VALUES ('automerge', 4)");

            migrationBuilder.DropIndex(
                name: "IX_Messages_ClientId_SenderId_RoomId",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_RoomId_SenderId_ClientId",
                table: "Messages",
                columns: new[] { "RoomId", "SenderId", "ClientId" },
                unique: true);
        }
    }
}
