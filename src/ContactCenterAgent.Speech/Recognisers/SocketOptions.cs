using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>Where a recogniser's server is.</summary>
public abstract class SocketOptions
{
    /// <summary>The server.</summary>
    /// <value>A <c>ws://</c> or <c>wss://</c> address. vosk-server listens on 2700, sherpa-onnx on 6006.</value>
    [Required]
    public Uri? Address { get; set; }

    /// <summary>How long connecting may take.</summary>
    /// <value>100 ms to 10 s. Default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10")]
    public TimeSpan ConnectMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Samples a second that the server is given.</summary>
    /// <value>8000 to 48000. Default 16000.</value>
    [Range(8000, 48_000)]
    public int SampleRate { get; set; } = 16_000;
}

/// <summary>A sherpa-onnx streaming server. Its rate is the server's <c>--input-sample-rate</c>, or its model's.</summary>
public sealed class SherpaOptions : SocketOptions;
