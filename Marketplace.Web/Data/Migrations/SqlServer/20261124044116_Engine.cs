using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FromSeller",
                table: "Rooms",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FromBuyer",
                table: "Messages",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FromSeller",
                table: "Messages",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "OthersCount",
                table: "Memberships",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Unread",
                table: "Memberships",
                type: "bigint",
                nullable: false,
                computedColumnSql: "OthersCount - OthersRead",
                stored: false);

            migrationBuilder.CreateTable(
                name: "MessageWords",
                columns: table => new
                {
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    Words = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageWords", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_MessageWords_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_UserId_Unread",
                table: "Memberships",
                columns: new[] { "UserId", "Unread" });

            MessageCounts.Fill(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MessageWords");

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
