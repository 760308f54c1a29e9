using Azure.Communication;
using Azure.Communication.CallAutomation;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Plugins.Azure;

/// <summary>Parties as the client library knows them.</summary>
internal static class Parties
{
    internal static CommunicationIdentifier Of(AcsParty party) => CommunicationIdentifier.FromRawId(party.RawId.Value);

    internal static CallInvite Invite(AcsInvitation who) => Of(who.Target) switch
    {
        PhoneNumberIdentifier phone => new(phone, CallerId(who)),
        MicrosoftTeamsUserIdentifier user => new(user),
        CommunicationUserIdentifier user => new(user),
        _ => throw Unknown(who),
    };

    internal static TransferToParticipantOptions Transfer(AcsInvitation to)
    {
        var options = Of(to.Target) switch
        {
            PhoneNumberIdentifier phone => new TransferToParticipantOptions(phone) { SourceCallerIdNumber = CallerId(to) },
            MicrosoftTeamsUserIdentifier user => new(user),
            CommunicationUserIdentifier user => new(user),
            _ => throw Unknown(to),
        };
        options.OperationContext = to.Context;
        return options;
    }

    private static PhoneNumberIdentifier CallerId(AcsInvitation to) =>
        new(to.CallerId ?? throw new ArgumentException("A telephone number needs one of the resource's own numbers as caller id.", nameof(to)));

    private static ArgumentException Unknown(AcsInvitation to) => new("The target is neither a telephone number nor a user.", nameof(to));
}

/// <summary>What is played, as the client library knows it.</summary>
internal static class Sounds
{
    internal static PlaySource Of(AcsSound sound) => sound switch
    {
        { File: { } file, Text: null, Ssml: null } => new FileSource(file),
        { File: null, Text: { } text, Ssml: null } => new TextSource(text.Value, sound.Voice),
        { File: null, Text: null, Ssml: { } ssml } => new SsmlSource(ssml.Value),
        _ => throw new ArgumentException("A sound is a file, a text or markup: exactly one of them.", nameof(sound)),
    };
}

/// <summary>Keys as the client library knows them.</summary>
internal static class Tones
{
    internal static IReadOnlyList<DtmfTone> Of(string digits) => [.. digits.Select(Of)];

    private static DtmfTone Of(char digit) => digit switch
    {
        '0' => DtmfTone.Zero,
        '1' => DtmfTone.One,
        '2' => DtmfTone.Two,
        '3' => DtmfTone.Three,
        '4' => DtmfTone.Four,
        '5' => DtmfTone.Five,
        '6' => DtmfTone.Six,
        '7' => DtmfTone.Seven,
        '8' => DtmfTone.Eight,
        '9' => DtmfTone.Nine,
        '*' => DtmfTone.Asterisk,
        '#' => DtmfTone.Pound,
        'A' => DtmfTone.A,
        'B' => DtmfTone.B,
        'C' => DtmfTone.C,
        'D' => DtmfTone.D,
        _ => throw new ArgumentException("Keys are 0-9, *, #, A-D.", nameof(digit)),
    };
}
