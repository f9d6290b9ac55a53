using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Marketplace.Web.Data;

/// <summary>Marks times as UTC when read, as databases store no <see cref="DateTimeKind"/>.</summary>
internal sealed class UtcConverter()
    : ValueConverter<DateTime, DateTime>(stored => stored, read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
