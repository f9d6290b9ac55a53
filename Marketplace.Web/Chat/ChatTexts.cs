namespace Marketplace.Web.Chat;

public sealed class ChatTexts;
