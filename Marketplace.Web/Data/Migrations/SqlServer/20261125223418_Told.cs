using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Told : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "WaitingSince",
                table: "Rooms",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ToldSeq",
                table: "Memberships",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql(
                "UPDATE Memberships SET ToldSeq = ReadSeq WHERE UserId NOT IN (SELECT Id FROM AspNetUsers WHERE HidesReceipts = 1)");

            // As near as the newest message tells.
            migrationBuilder.Sql("UPDATE Rooms SET WaitingSince = LastAt WHERE LastSenderId = BuyerId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "WaitingSince",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "ToldSeq",
                table: "Memberships");
        }
    }
}
