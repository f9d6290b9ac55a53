namespace Marketplace.Web.Safety.Rules;

/// <summary>What a message looks like. Stored as a number: append only.</summary>
public enum SafetyRule
{
    /// <summary>A Bizum request or "accept to receive", where a payment was due.</summary>
    BizumRequest = 1,

    /// <summary>"It is sold and paid, send me your e-mail to receive the money."</summary>
    FalseSale = 2,

    /// <summary>A new account's first message leads away from the site.</summary>
    MovesAway = 3,

    /// <summary>A courier who wants a card, a fee or a link, so that the seller gets the money.</summary>
    CourierPayment = 4,

    /// <summary>Prepaid and gift cards as money.</summary>
    PrepaidCard = 5,

    /// <summary>A host that passes for a carrier, a bank, a payment service or this site.</summary>
    FalseLink = 6,

    /// <summary>A name or a sentence that passes for this site or its support.</summary>
    FalseName = 7,

    /// <summary>"I pay too much and you return the rest."</summary>
    Overpayment = 8,

    /// <summary>"Pay now or somebody else gets it."</summary>
    Pressure = 9,
}

/// <summary>Stored as a number: append only.</summary>
public enum SafetySeverity
{
    Notice = 1,
    Warning = 2,
    Danger = 3,
}
