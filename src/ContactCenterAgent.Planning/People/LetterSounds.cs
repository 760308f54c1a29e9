using System.Collections.Frozen;
using System.Text;

namespace ContactCenterAgent.Planning.People;

/// <summary>
/// Letters and digits as recognisers write them down: words that sound like a letter's or a digit's name stand for it, and characters whose
/// names sound alike cost little to confuse (the "E-set" and its kin, known from the literature on spelling over the telephone).
/// </summary>
internal static class LetterSounds
{
    private static readonly FrozenDictionary<string, string> Words = (
        "alpha=A alfa=A bravo=B charlie=C charley=C delta=D echo=E foxtrot=F golf=G hotel=H india=I juliet=J juliett=J kilo=K lima=L mike=M november=N oscar=O papa=P quebec=Q romeo=R sierra=S " +
        "tango=T uniform=U victor=V whiskey=W whisky=W xray=X yankee=Y zulu=Z zero=0 nought=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 " +
        "fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 " +
        "to=2 too=2 for=4 fore=4 won=1 ate=8 tree=3 free=3 sex=6 sicks=6 nein=9 oh=0 owe=0 hey=A eh=A bee=B be=B see=C sea=C si=C dee=D ee=E eff=F gee=G aitch=H age=H each=H eye=I aye=I jay=J kay=K okay=K ok=K que=Q cue=Q queue=Q " +
        "el=L ell=L hell=L hello=L em=M am=M en=N and=N end=N an=N in=N oo=O pee=P pea=P ar=R are=R our=R or=R es=S ess=S yes=S as=S tea=T tee=T tv=TV you=U ewe=U vee=V we=V ex=X why=Y wye=Y zed=Z zee=Z said=Z dead=Z zip=Z " +
        "angie=NG andy=ND energy=NG envy=NV empty=MT enjoy=NJ any=NE ivy=IV easy=EZ essay=SA icy=IC decay=DK katie=KT ok=OK pe=PE dvd=DVD cd=CD pc=PC tv=TV hi=I")
        .Split(' ').Select(p => p.Split('=')).DistinctBy(p => p[0]).ToFrozenDictionary(p => p[0], p => p[1]);

    private static readonly string[] Groups = ["BCDEGPTVZ3", "AJKH8", "FSX6", "MN", "IY", "Y5", "I59", "QU2W", "UW", "O04", "LR", "R1", "19", "59", "L0", "7X", "EN1", "TH", "08", "SZ", "CS", "1R"];

    private static readonly float[] Costs = BuildCosts();

    /// <summary>The characters that a text stands for: upper-case letters and digits.</summary>
    public static string Characters(string text)
    {
        var all = new StringBuilder(text.Length);
        var words = text.ToLowerInvariant().Split([' ', '-', ',', '.', '\'', '/', ':'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (word is "double" && i + 1 < words.Length)
            {
                if (words[i + 1] is "you" or "u")
                {
                    all.Append('W');
                    i++;
                }
                else if (Of(words[i + 1]) is { Length: 1 } twice)
                {
                    all.Append(twice).Append(twice);
                    i++;
                }

                continue;
            }

            if (i + 2 < words.Length && word.Length == 1 && words[i + 1] is "for" or "as" && words[i + 2].Length > 1 && words[i + 2][0] == word[0])
            {
                all.Append(char.ToUpperInvariant(word[0]));
                i += 2;
                continue;
            }

            all.Append(Of(word) ?? "");
        }

        return all.ToString();
    }

    /// <summary>What one word stands for; null for a word that is no spelling.</summary>
    private static string? Of(string word)
    {
        if (Words.TryGetValue(word, out var sound)) return sound;
        return word.Length <= 2 || word.Any(char.IsAsciiDigit) ? word.ToUpperInvariant() : word.Length <= 4 && !word.Any(c => "aeiou".Contains(c)) ? word.ToUpperInvariant() : null;
    }

    private static float[] BuildCosts()
    {
        var costs = new float[128 * 128];
        Array.Fill(costs, 1f);
        for (var i = 0; i < 128; i++) costs[i * 128 + i] = 0;
        foreach (var group in Groups)
            foreach (var a in group)
                foreach (var b in group)
                    if (a != b) costs[a * 128 + b] = 0.45f;
        costs['O' * 128 + '0'] = costs['0' * 128 + 'O'] = 0.05f;
        return costs;
    }

    public static float Substitution(char a, char b) => a < 128 && b < 128 ? Costs[a * 128 + b] : 1;

    /// <summary>What a character of a code costs at least, by the character, whatever place it has in what was heard.</summary>
    public static float[] LeastCosts(string heard)
    {
        var least = new float[128];
        for (var c = 0; c < least.Length; c++)
        {
            least[c] = Missing;
            foreach (var h in heard) least[c] = Math.Min(least[c], Substitution(h, (char)c));
        }

        return least;
    }

    private const float Missing = 0.9f;

    /// <summary>How badly a code fits into what was heard: weighted edits, with words before and after it nearly free.</summary>
    public static float Distance(ReadOnlySpan<char> heard, ReadOnlySpan<char> code)
    {
        const float missing = Missing, extra = 0.7f, outside = 0.12f;
        Span<float> row = stackalloc float[code.Length + 1];
        for (var j = 0; j <= code.Length; j++) row[j] = j * missing;
        var best = row[code.Length] + heard.Length * outside;
        for (var i = 1; i <= heard.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i * outside;
            for (var j = 1; j <= code.Length; j++)
            {
                var cost = Math.Min(diagonal + Substitution(heard[i - 1], code[j - 1]), Math.Min(row[j] + extra, row[j - 1] + missing));
                diagonal = row[j];
                row[j] = cost;
            }

            best = Math.Min(best, row[code.Length] + (heard.Length - i) * outside);
        }

        return best;
    }
}
