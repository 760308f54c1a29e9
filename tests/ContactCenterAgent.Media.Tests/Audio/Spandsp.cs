using System.Runtime.InteropServices;

namespace ContactCenterAgent.Media.Tests.Audio;

/// <summary>G.722 as spandsp does it: code that others wrote, which baresip speaks with too.</summary>
internal sealed class Spandsp
{
    public const string Name = "libspandsp.so.2";

    private const int BitRate = 64_000;
    private static readonly nint Library = NativeLibrary.TryLoad(Name, out var found) ? found : 0;

    private readonly Coder _encode = Function<Coder>("g722_encode");
    private readonly Decoder _decode = Function<Decoder>("g722_decode");
    private readonly nint _encoder = Function<Init>("g722_encode_init")(0, BitRate, 0);
    private readonly nint _decoder = Function<Init>("g722_decode_init")(0, BitRate, 0);

    private delegate nint Init(nint state, int rate, int options);

    private delegate int Coder(nint state, [Out] byte[] payload, short[] samples, int length);

    private delegate int Decoder(nint state, [Out] short[] samples, byte[] payload, int length);

    public static bool IsThere => Library != 0;

    public byte[] Encode(short[] samples)
    {
        var payload = new byte[samples.Length / 2];
        _encode(_encoder, payload, samples, samples.Length).ShouldBe(payload.Length);
        return payload;
    }

    public short[] Decode(byte[] payload)
    {
        var samples = new short[2 * payload.Length];
        _decode(_decoder, samples, payload, payload.Length).ShouldBe(samples.Length);
        return samples;
    }

    private static T Function<T>(string name) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Library, name));
}

/// <summary>A test against spandsp, in speech of flite's; without them it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SpandspFactAttribute : FactAttribute
{
    public SpandspFactAttribute()
    {
        if (!Spandsp.IsThere) Skip = $"{Spandsp.Name} is not installed (apt-get install libspandsp2).";
        else if (!Flite.IsThere) Skip = "flite is not installed (apt-get install flite).";
    }
}
