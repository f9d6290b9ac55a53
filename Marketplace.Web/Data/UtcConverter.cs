using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Marketplace.Web.Data;

/// <summary>Databases keep no <see cref="DateTimeKind"/>: what comes back is UTC again, as all that goes in is.</summary>
internal sealed class UtcConverter()
    : ValueConverter<DateTime, DateTime>(stored => stored, read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
