using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Marketplace.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ReleaseUnownedPictures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Until now a picture was claimed before its message was stored, and a refused message left it claimed for ever;
            // photographs that were taken off a listing stayed too. As pending files they are swept.
            migrationBuilder.Sql(
                """
                UPDATE Files SET State = 0, Scope = NULL WHERE State = 2 AND NOT EXISTS (
                    SELECT 1 FROM Messages WHERE RoomId = Files.Scope AND CHARINDEX(LOWER(CONVERT(nvarchar(36), Files.Name)), Data) > 0)
                """
            );
            migrationBuilder.Sql(
                """
                UPDATE Files SET State = 0 WHERE State = 1
                    AND NOT EXISTS (SELECT 1 FROM ListingPhotos AS Photo WHERE Photo."File" = Files.Name)
                    AND NOT EXISTS (SELECT 1 FROM ListingPhotos AS Photo WHERE Photo.Thumbnail = Files.Name)
                    AND NOT EXISTS (SELECT 1 FROM Rooms WHERE SellerId = Files.OwnerId AND CHARINDEX(LOWER(CONVERT(nvarchar(36), Files.Name)), Snapshot) > 0)
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Nothing to take back: what was released belongs to nobody.
        }
    }
}
