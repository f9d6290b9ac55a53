using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Screen : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Memberships_UserId_Place_RoomId",
                table: "Memberships");

            migrationBuilder.AddColumn<int>(
                name: "LastKind",
                table: "Rooms",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "DeletedAt",
                table: "Messages",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EditedAt",
                table: "Messages",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReplyTo",
                table: "Messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ArchivedPlace",
                table: "Memberships",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Draft",
                table: "Memberships",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsMarked",
                table: "Memberships",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsPinned",
                table: "Memberships",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "MutedUntil",
                table: "Memberships",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Scope",
                table: "Files",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "HidesPresence",
                table: "AspNetUsers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "HidesReceipts",
                table: "AspNetUsers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AlterColumn<long>(
                name: "Unread",
                table: "Memberships",
                type: "bigint",
                nullable: false,
                computedColumnSql: "CASE WHEN OthersCount > OthersRead THEN OthersCount - OthersRead WHEN IsMarked = 1 THEN 1 ELSE 0 END",
                stored: false,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldComputedColumnSql: "OthersCount - OthersRead",
                oldStored: false);

            migrationBuilder.AddColumn<int>(
                name: "Shelf",
                table: "Memberships",
                type: "int",
                nullable: false,
                computedColumnSql: "CASE WHEN ArchivedPlace > 0 AND ArchivedPlace >= Place THEN 2 WHEN IsPinned = 1 THEN 1 ELSE 0 END",
                stored: false);

            migrationBuilder.CreateTable(
                name: "LastSeen",
                columns: table => new
                {
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LastSeen", x => x.UserId);
                    table.ForeignKey(
                        name: "FK_LastSeen_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MessageVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    Body = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Until = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MessageVersions_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "QuickReplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Shortcut = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuickReplies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QuickReplies_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_UserId_Shelf_Place_RoomId",
                table: "Memberships",
                columns: new[] { "UserId", "Shelf", "Place", "RoomId" });

            migrationBuilder.CreateIndex(
                name: "IX_MessageVersions_MessageId",
                table: "MessageVersions",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_QuickReplies_UserId_Shortcut",
                table: "QuickReplies",
                columns: new[] { "UserId", "Shortcut" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LastSeen");

            migrationBuilder.DropTable(
                name: "MessageVersions");

            migrationBuilder.DropTable(
                name: "QuickReplies");

            migrationBuilder.DropIndex(
                name: "IX_Memberships_UserId_Shelf_Place_RoomId",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "Shelf",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "LastKind",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "DeletedAt",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "EditedAt",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "ReplyTo",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "ArchivedPlace",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "Draft",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "IsMarked",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "IsPinned",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "MutedUntil",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "Scope",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "HidesPresence",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "HidesReceipts",
                table: "AspNetUsers");

            migrationBuilder.AlterColumn<long>(
                name: "Unread",
                table: "Memberships",
                type: "bigint",
                nullable: false,
                computedColumnSql: "OthersCount - OthersRead",
                stored: false,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldComputedColumnSql: "CASE WHEN OthersCount > OthersRead THEN OthersCount - OthersRead WHEN IsMarked = 1 THEN 1 ELSE 0 END",
                oldStored: false);

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_UserId_Place_RoomId",
                table: "Memberships",
                columns: new[] { "UserId", "Place", "RoomId" });
        }
    }
}
