using ContactCenterAgent.Plugins.Shared;

namespace ContactCenterAgent.Plugins.Crm.Demo;

/// <summary>Names, streets and numbers of a town that could be in the East Midlands. Telephone numbers are from the ranges that Ofcom keeps for drama.</summary>
internal static class DemoPeople
{
    public static readonly string[] GivenNames =
    [
        "Aisha", "Alan", "Alice", "Amelia", "Andrew", "Angela", "Anil", "Anita", "Barbara", "Benjamin", "Bethany", "Brian", "Caroline", "Catherine",
        "Charlotte", "Chidi", "Chloe", "Christopher", "Claire", "Colin", "Daniel", "David", "Deborah", "Derek", "Dorothy", "Edward", "Elaine",
        "Eleanor", "Elizabeth", "Emily", "Fatima", "Fiona", "Florence", "Frances", "Gareth", "Geoffrey", "George", "Georgia", "Gillian", "Grace",
        "Graham", "Hannah", "Harpreet", "Harriet", "Harry", "Heather", "Helen", "Ian", "Imran", "Isabel", "Jacqueline", "James", "Jasmine", "Joanne",
        "Jonathan", "Joseph", "Julia", "Karen", "Keith", "Kenneth", "Laura", "Leah", "Lesley", "Lewis", "Linda", "Lucy", "Malcolm", "Margaret",
        "Maria", "Martin", "Matthew", "Megan", "Michelle", "Mohammed", "Natalie", "Nathan", "Neil", "Nicola", "Nigel", "Oliver", "Olivia", "Patricia",
        "Patrick", "Paula", "Peter", "Philip", "Priya", "Rachel", "Raymond", "Rebecca", "Richard", "Robert", "Rosemary", "Ruth", "Sandra", "Sarah",
        "Simon", "Sophie", "Stephen", "Stuart", "Susan", "Thomas", "Timothy", "Valerie", "Victoria", "Wendy", "William", "Yusuf", "Zainab", "Zoe",
    ];

    public static readonly string[] FamilyNames =
    [
        "Adams", "Ahmed", "Allen", "Atkinson", "Bailey", "Baker", "Barker", "Begum", "Bennett", "Booth", "Bradley", "Brown", "Butler", "Campbell",
        "Carter", "Chapman", "Clarke", "Collins", "Cooper", "Cox", "Davies", "Dixon", "Edwards", "Ellis", "Evans", "Fisher", "Fletcher", "Foster",
        "Gibson", "Graham", "Gray", "Green", "Griffiths", "Hall", "Harris", "Harrison", "Hill", "Holmes", "Hughes", "Hunt", "Hussain", "Jackson",
        "Jenkins", "Johnson", "Jones", "Kaur", "Kelly", "Khan", "Knight", "Lloyd", "Marshall", "Martin", "Mason", "Matthews", "Mills", "Mitchell",
        "Moore", "Morgan", "Morris", "Murphy", "Murray", "O'Brien", "Owen", "Palmer", "Parker", "Phillips", "Powell", "Price", "Reynolds",
        "Richards", "Roberts", "Robinson", "Rogers", "Russell", "Scott", "Shaw", "Simpson", "Singh", "Smith", "Stevens", "Taylor", "Thompson", "Turner",
        "Walker", "Ward", "Watson", "Webb", "Wilkinson", "Williams", "Wilson", "Wood", "Wright", "Young",
    ];

    public static readonly string[] Streets =
    [
        "Abbey Road", "Albert Street", "Bridge Street", "Carlton Hill", "Castle Boulevard", "Chapel Lane", "Church Street", "Derby Road", "Elm Avenue",
        "Forest Road", "Foxglove Close", "Grange Road", "Greenfield Drive", "High Street", "Hillside Crescent", "Kings Road", "Lenton Lane", "Mansfield Road",
        "Meadow Lane", "Mill Lane", "Northgate", "Park Avenue", "Queens Road", "Regent Street", "Sherwood Rise", "Springfield Road", "Station Road",
        "Sycamore Close", "The Crescent", "Trent Boulevard", "Victoria Road", "Wollaton Road", "Woodland Grove", "York Street",
    ];

    public static readonly (string Town, string District)[] Towns =
    [
        ("Nottingham", "NG1"), ("West Bridgford", "NG2"), ("Carlton", "NG4"), ("Arnold", "NG5"), ("Lenton", "NG7"), ("Wollaton", "NG8"), ("Beeston", "NG9"),
        ("Long Eaton", "NG10"), ("Ruddington", "NG11"), ("Radcliffe-on-Trent", "NG12"), ("Hucknall", "NG15"), ("Ilkeston", "DE7"),
    ];

    private const string InwardLetters = "ABDEFGHJLNPQRSTUWXYZ";

    /// <summary>A postcode of a district: the inward part never has C, I, K, M, O or V.</summary>
    public static string Postcode(string district, SeededRandom random) =>
        $"{district} {1 + random.Next(9)}{InwardLetters[random.Next(InwardLetters.Length)]}{InwardLetters[random.Next(InwardLetters.Length)]}";

    /// <summary>The number of a customer: 07700 900xxx or 01632 960xxx, each given out once, never 01632 960123.</summary>
    public static string Phone(int index, SeededRandom random) =>
        random.Next(3) > 0 ? $"+447700900{index:d3}" : $"+441632960{(index <= 122 ? index : index + 1):d3}";
}
