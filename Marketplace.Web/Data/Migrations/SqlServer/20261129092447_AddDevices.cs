using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddDevices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Notices_PersonId_Mail_Id",
                table: "Notices");

            migrationBuilder.AddColumn<bool>(
                name: "ShowsWords",
                table: "NotificationPreferences",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Culture",
                table: "NotificationPreferences",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OffHere",
                table: "NotificationPreferences",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "OffMail",
                table: "NotificationPreferences",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "OffPush",
                table: "NotificationPreferences",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "PlaysSound",
                table: "NotificationPreferences",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "QuietDays",
                table: "NotificationPreferences",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "QuietFrom",
                table: "NotificationPreferences",
                type: "time",
                nullable: false,
                defaultValue: new TimeOnly(0, 0, 0));

            migrationBuilder.AddColumn<TimeOnly>(
                name: "QuietTo",
                table: "NotificationPreferences",
                type: "time",
                nullable: false,
                defaultValue: new TimeOnly(0, 0, 0));

            migrationBuilder.AlterColumn<long>(
                name: "RoomId",
                table: "Notices",
                type: "bigint",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "bigint");

            migrationBuilder.AddColumn<string>(
                name: "Data",
                table: "Notices",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ListingId",
                table: "Notices",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Push",
                table: "Notices",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "PushAt",
                table: "Notices",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReadAt",
                table: "Notices",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ShownAt",
                table: "Notices",
                type: "datetime2",
                nullable: true);

            // Favourites are off where nobody asked for them; who wanted no mail gets none.
            migrationBuilder.Sql(
                "UPDATE NotificationPreferences SET OffMail = CASE WHEN NoMail = 1 THEN 7 ELSE 4 END, OffPush = 4, "
                    + "QuietFrom = '22:30:00', QuietTo = '08:00:00'");

            // 10: no device.
            migrationBuilder.Sql(
                "UPDATE Notices SET Push = 10, ListingId = (SELECT ListingId FROM Rooms WHERE Rooms.Id = Notices.RoomId)");

            migrationBuilder.DropColumn(
                name: "NoMail",
                table: "NotificationPreferences");

            migrationBuilder.CreateTable(
                name: "PushDevices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PersonId = table.Column<long>(type: "bigint", nullable: false),
                    SessionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Endpoint = table.Column<string>(type: "nvarchar(2048)", maxLength: 2048, nullable: false),
                    Key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    PublicKey = table.Column<string>(type: "nvarchar(87)", maxLength: 87, nullable: false),
                    Secret = table.Column<string>(type: "nvarchar(22)", maxLength: 22, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    AddedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ConfirmedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Told = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PushDevices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PushDevices_AspNetUsers_PersonId",
                        column: x => x.PersonId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_PushDevices_Sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "Sessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PushKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    PublicKey = table.Column<string>(type: "nvarchar(87)", maxLength: 87, nullable: false),
                    ProtectedPrivateKey = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PushKeys", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_PersonId_Id",
                table: "Notices",
                columns: new[] { "PersonId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_PersonId_Kind",
                table: "Notices",
                columns: new[] { "PersonId", "Kind" },
                filter: "[Kind] <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_PersonId_Mail",
                table: "Notices",
                columns: new[] { "PersonId", "Mail" },
                filter: "[Mail] = 0");

            migrationBuilder.CreateIndex(
                name: "IX_PushDevices_Key",
                table: "PushDevices",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_PushDevices_PersonId_Key",
                table: "PushDevices",
                columns: new[] { "PersonId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PushDevices_SessionId",
                table: "PushDevices",
                column: "SessionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PushDevices");

            migrationBuilder.DropTable(
                name: "PushKeys");

            migrationBuilder.DropIndex(
                name: "IX_Notices_PersonId_Id",
                table: "Notices");

            migrationBuilder.DropIndex(
                name: "IX_Notices_PersonId_Kind",
                table: "Notices");

            migrationBuilder.DropIndex(
                name: "IX_Notices_PersonId_Mail",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "Culture",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "OffHere",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "OffMail",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "OffPush",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "PlaysSound",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "QuietDays",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "QuietFrom",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "QuietTo",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "Data",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "ListingId",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "Push",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "PushAt",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "ReadAt",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "ShownAt",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "ShowsWords",
                table: "NotificationPreferences");

            migrationBuilder.AddColumn<bool>(
                name: "NoMail",
                table: "NotificationPreferences",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AlterColumn<long>(
                name: "RoomId",
                table: "Notices",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notices_PersonId_Mail_Id",
                table: "Notices",
                columns: new[] { "PersonId", "Mail", "Id" });
        }
    }
}
