namespace ContactCenterAgent.Planning.People;

/// <summary>Natural log odds of what is heard, given the right person against anybody. Set by counting on real identifications by phone.</summary>
internal static class PersonWeights
{
    public const float DaySame = 3.2f, DayOther = -2.2f, MonthSame = 2.4f, MonthOther = -3f, YearSame = 4.3f, YearNear = -0.5f, YearOther = -3.5f, BirthFloor = -3.5f;

    public const float DigitsSame = 9.5f, DigitEdit = 2.6f;

    /// <summary>Log of the chance that a name's word is heard exactly, sounding the same, alike, or not at all.</summary>
    public const float NameExact = -0.3f, NameSound = -1.6f, NameAlike = -2.6f, NameFloor = -2.6f;

    /// <summary>Jaro-Winkler similarity from which two words are alike.</summary>
    public const double AlikeMin = 0.86;

    /// <summary>Similarity from which two words of one phonetic key sound the same.</summary>
    public const double SoundMin = 0.7;

    /// <summary>What each place further down the recogniser's list costs.</summary>
    public const float NameRank = 0.1f, PostcodeRank = 0.1f, BirthRank = 0.15f;

    /// <summary>A telephone number that is the record's, and one that is not.</summary>
    public const float PhoneSame = 9f, PhoneOther = -3f;

    public const float PostcodeExact = -0.7f, PostcodeEdit = 2.9f, PostcodeFloor = -2.2f;

    /// <summary>Prior chance that the caller is no record at all.</summary>
    public const double Nobody = 0.05;

    /// <summary>Probability from which a person is accepted.</summary>
    public const double AcceptMin = 0.995;
}
