namespace ContactCenterAgent.Core.Tools;

/// <summary>
/// What a tool's parameter means. The type decides how words become a value, how a value is written down (its canonical form: the
/// text that identity, keys, journal and database compare), and how it is spoken.
/// </summary>
public enum ParameterType
{
    /// <summary>Free words that take part in identity. Canonical: lower case, single spaces.</summary>
    Text,

    /// <summary>Free words that do not take part in identity (a note). Canonical: as said.</summary>
    Wording,

    /// <summary>One of the parameter's declared values. Canonical: the value's own text as declared.</summary>
    Choice,

    /// <summary>A thing that a read finds, named by id (<see cref="ToolParameter.Entity"/>). Canonical: the id as the tool gave it.</summary>
    EntityId,

    /// <summary>A calendar day. Canonical: <c>2026-11-26</c> (ISO 8601).</summary>
    Date,

    /// <summary>Days from and to, both included. Canonical: <c>2026-11-23/2026-11-29</c>; one day is written as that day alone.</summary>
    DateRange,

    /// <summary>A time of day. Canonical: <c>14:30</c>, 24 hours.</summary>
    Time,

    /// <summary>From a time of day up to another, the end excluded. Canonical: <c>12:00/17:00</c>; open ends are <c>00:00</c> and <c>24:00</c>; one time is written alone.</summary>
    TimeRange,

    /// <summary>A day and a time in the line's zone. Canonical: <c>2026-11-26T14:30</c>.</summary>
    DateTime,

    /// <summary>A length of time. Canonical: ISO 8601, <c>PT30M</c>, <c>P2D</c>.</summary>
    Duration,

    /// <summary>A count of people or things. Canonical: decimal digits, <c>4</c>.</summary>
    Count,

    /// <summary>A decimal number. Canonical: invariant, no trailing zeros, <c>2.5</c>.</summary>
    Number,

    /// <summary>An amount of money. Canonical: amount and ISO 4217 code, <c>20.00 GBP</c>.</summary>
    Money,

    /// <summary>Yes or no. Canonical: <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A person's name. Canonical: words in order of speech, each capitalised, <c>Dana Whitfield</c>.</summary>
    PersonName,

    /// <summary>A person's day of birth. Canonical: as <see cref="Date"/>; never in the future.</summary>
    DateOfBirth,

    /// <summary>A telephone number. Canonical: E.164, <c>+441632960123</c>.</summary>
    Phone,

    /// <summary>An e-mail address. Canonical: lower case.</summary>
    Email,

    /// <summary>A postcode. Canonical: upper case with its single space, <c>NG9 2TD</c>; US ZIP as five digits or ZIP+4.</summary>
    Postcode,

    /// <summary>An order or booking reference: letters and digits. Canonical: upper case without separators, as <see cref="ToolParameter.Pattern"/> says.</summary>
    Reference,

    /// <summary>Digits that are read out (a card's last four, a PIN). Canonical: digits only.</summary>
    Digits,

    /// <summary>A place by name. Canonical: as said, each word capitalised.</summary>
    Place,

    /// <summary>
    /// All that was heard of a read's other parameters where it was not one clear value each: never said, asked for or shown. Canonical: a JSON object, parameter names in
    /// order, each with its attempts, oldest first, each the readings of that attempt, best first: <c>{"name":[["Dana Wickfield","Dana Whitfield"]]}</c>.
    /// </summary>
    Readings,
}
