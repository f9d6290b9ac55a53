using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Culture",
                table: "NotificationPreferences",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OffHere",
                table: "NotificationPreferences",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "OffMail",
                table: "NotificationPreferences",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "OffPush",
                table: "NotificationPreferences",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "PlaysSound",
                table: "NotificationPreferences",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "QuietDays",
                table: "NotificationPreferences",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "QuietFrom",
                table: "NotificationPreferences",
                type: "TEXT",
                nullable: false,
                defaultValue: new TimeOnly(0, 0, 0));

            migrationBuilder.AddColumn<TimeOnly>(
                name: "QuietTo",
                table: "NotificationPreferences",
                type: "TEXT",
                nullable: false,
                defaultValue: new TimeOnly(0, 0, 0));

            migrationBuilder.AlterColumn<long>(
                name: "RoomId",
                table: "Notices",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<string>(
                name: "Data",
                table: "Notices",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ListingId",
                table: "Notices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Push",
                table: "Notices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "PushAt",
                table: "Notices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReadAt",
                table: "Notices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ShownAt",
                table: "Notices",
                type: "TEXT",
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Endpoint = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PublicKey = table.Column<string>(type: "TEXT", maxLength: 87, nullable: false),
                    Secret = table.Column<string>(type: "TEXT", maxLength: 22, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    AddedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ConfirmedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Told = table.Column<string>(type: "TEXT", nullable: true)
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
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    PublicKey = table.Column<string>(type: "TEXT", maxLength: 87, nullable: false),
                    ProtectedPrivateKey = table.Column<string>(type: "TEXT", nullable: false)
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
                filter: "\"Kind\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_PersonId_Mail",
                table: "Notices",
                columns: new[] { "PersonId", "Mail" },
                filter: "\"Mail\" = 0");

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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AlterColumn<long>(
                name: "RoomId",
                table: "Notices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notices_PersonId_Mail_Id",
                table: "Notices",
                columns: new[] { "PersonId", "Mail", "Id" });
        }
    }
}
