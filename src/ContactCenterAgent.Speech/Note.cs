using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Speech;

/// <summary>What the media clock's thread has noticed. A value, so that noticing allocates nothing; the transport makes events of notes.</summary>
internal readonly record struct Note(NoteKind Kind, PromptId Prompt, int Characters);

internal enum NoteKind
{
    SpeechStarted,
    SpeechEnded,
    PlaybackStarted,
    PlaybackProgressed,
    PlaybackEnded,
}
