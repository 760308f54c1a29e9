using System.Collections.Frozen;

namespace ContactCenterAgent.Planning.Values;

/// <summary>One name for a place that is called by several: airport codes, short names, a state or country behind the city.</summary>
internal static class PlaceNames
{
    private static readonly FrozenDictionary<string, string> Others = (
        "nyc=New York|ny=New York|new york city=New York|jfk=New York|la=Los Angeles|lax=Los Angeles|l.a=Los Angeles|sf=San Francisco|sfo=San Francisco|san fran=San Francisco|frisco=San Francisco|" +
        "sd=San Diego|vegas=Las Vegas|lv=Las Vegas|philly=Philadelphia|chi-town=Chicago|chitown=Chicago|dc=Washington D.C.|d.c=Washington D.C.|washington dc=Washington D.C.|washington d.c=Washington D.C.|" +
        "district of columbia=Washington D.C.|washington=Washington D.C.|cdmx=Mexico City|ciudad de mexico=Mexico City|atl=Atlanta|nola=New Orleans|kl=Kuala Lumpur|brum=Birmingham|pdx=Portland|sea=Seattle|yvr=Vancouver|phx=Phoenix|" +
        "lhr=London|london town=London|bombay=Mumbai|big apple=New York|the big apple=New York")
        .Split('|').Select(p => p.Split('=')).ToFrozenDictionary(p => p[0], p => p[1]);

    /// <summary>The usual name; what was said where no other is known.</summary>
    public static string Usual(string said)
    {
        var comma = said.IndexOf(',', StringComparison.Ordinal);
        var city = (comma > 0 ? said[..comma] : said).Trim().TrimEnd('.');
        return Others.GetValueOrDefault(city.ToLowerInvariant(), city);
    }
}
