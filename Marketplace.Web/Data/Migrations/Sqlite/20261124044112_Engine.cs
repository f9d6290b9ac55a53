using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Engine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_SenderId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Memberships_UserId_OthersSeq_ReadSeq_RoomId",
                table: "Memberships");

            migrationBuilder.RenameColumn(
                name: "OthersSeq",
                table: "Memberships",
                newName: "OthersRead");

            migrationBuilder.AddColumn<long>(
                name: "FromBuyer",
                table: "Rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FromSeller",
                table: "Rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FromBuyer",
                table: "Messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FromSeller",
                table: "Messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "OthersCount",
                table: "Memberships",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Unread",
                table: "Memberships",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "OthersCount - OthersRead",
                stored: false);

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_UserId_Unread",
                table: "Memberships",
                columns: new[] { "UserId", "Unread" });

            MessageCounts.Fill(migrationBuilder);
            migrationBuilder.Sql(Search.SqliteMessageIndex.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE MessageIndex");
            migrationBuilder.DropIndex(
                name: "IX_Memberships_UserId_Unread",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "Unread",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "FromBuyer",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "FromSeller",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "FromBuyer",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "FromSeller",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "OthersCount",
                table: "Memberships");

            migrationBuilder.RenameColumn(
                name: "OthersRead",
                table: "Memberships",
                newName: "OthersSeq");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_SenderId",
                table: "Messages",
                column: "SenderId");

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_UserId_OthersSeq_ReadSeq_RoomId",
                table: "Memberships",
                columns: new[] { "UserId", "OthersSeq", "ReadSeq", "RoomId" });
        }
    }
}
