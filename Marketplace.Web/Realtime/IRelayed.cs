namespace Marketplace.Web.Realtime;

/// <summary>An event that other nodes are told too. It travels as JSON, and its type by its name.</summary>
public interface IRelayed;

/// <summary>An event of the moment: what is lost of these is never repaired.</summary>
public interface IFleeting : IRelayed;
