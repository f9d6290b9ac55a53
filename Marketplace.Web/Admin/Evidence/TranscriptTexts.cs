namespace Marketplace.Web.Admin.Evidence;

public sealed class TranscriptTexts;
