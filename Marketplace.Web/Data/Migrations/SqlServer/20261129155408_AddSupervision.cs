using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddSupervision : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Rooms_LastMessageId_Id",
                table: "Rooms");

            migrationBuilder.AddColumn<int>(
                name: "Risk",
                table: "Rooms",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RiskRule",
                table: "Rooms",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RiskSeq",
                table: "Rooms",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Notes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PersonId = table.Column<long>(type: "bigint", nullable: true),
                    RoomId = table.Column<long>(type: "bigint", nullable: true),
                    AuthorId = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notes_AspNetUsers_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Notes_AspNetUsers_PersonId",
                        column: x => x.PersonId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Notes_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PersonId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Query = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilters", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedFilters_AspNetUsers_PersonId",
                        column: x => x.PersonId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Rooms_LastMessageId_Id_LastAt",
                table: "Rooms",
                columns: new[] { "LastMessageId", "Id", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Rooms_Restricted",
                table: "Rooms",
                columns: new[] { "LastMessageId", "Id" },
                filter: "\"Restrictions\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_Rooms_Risky",
                table: "Rooms",
                columns: new[] { "LastMessageId", "Id" },
                filter: "\"Risk\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_RoomId_State",
                table: "Reports",
                columns: new[] { "RoomId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_AuthorId",
                table: "Notes",
                column: "AuthorId");

            migrationBuilder.CreateIndex(
                name: "IX_Notes_PersonId_Id",
                table: "Notes",
                columns: new[] { "PersonId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_RoomId_Id",
                table: "Notes",
                columns: new[] { "RoomId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_PersonId_Id",
                table: "SavedFilters",
                columns: new[] { "PersonId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Notes");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropIndex(
                name: "IX_Rooms_LastMessageId_Id_LastAt",
                table: "Rooms");

            migrationBuilder.DropIndex(
                name: "IX_Rooms_Restricted",
                table: "Rooms");

            migrationBuilder.DropIndex(
                name: "IX_Rooms_Risky",
                table: "Rooms");

            migrationBuilder.DropIndex(
                name: "IX_Reports_RoomId_State",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Risk",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "RiskRule",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "RiskSeq",
                table: "Rooms");

            migrationBuilder.CreateIndex(
                name: "IX_Rooms_LastMessageId_Id",
                table: "Rooms",
                columns: new[] { "LastMessageId", "Id" });
        }
    }
}
