using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>A vosk-server.</summary>
public sealed class VoskOptions : SocketOptions
{
    /// <summary>Rival readings asked for. Vosk gives word times either way, but fewer models give rivals.</summary>
    /// <value>0 to 10. Default 0.</value>
    [Range(0, 10)]
    public int Alternatives { get; set; }

    /// <summary>Audio a message.</summary>
    /// <value>20 to 400 ms. Default 60 ms.</value>
    [Range(20, 400)]
    public int PieceMilliseconds { get; set; } = 60;
}
