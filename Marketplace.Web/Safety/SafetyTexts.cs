namespace Marketplace.Web.Safety;

public sealed class SafetyTexts;
