using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ContactCenterAgent.Media.Srtp;

/// <summary>The keys of one direction of RTP or of RTCP, derived from the master key (RFC 3711 section 4.3), and what is done with them: AES in counter mode and HMAC-SHA1.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 3711 names HMAC-SHA1; as an HMAC it is not broken, and the far end knows no other.")]
[SuppressMessage("Security", "CA5358:Review cipher mode usage", Justification = "Counter mode is made of single blocks (RFC 3711 section 4.1.1).")]
internal sealed class SessionKeys : IDisposable
{
    private const int Block = 16;
    private const int AuthenticationBytes = 20;

    /// <summary>The longest packet that is taken: an Ethernet frame's worth.</summary>
    public const int PacketMax = 1504;

    private readonly ICryptoTransform _cipher;
    private readonly IncrementalHash _hash;
    private readonly byte[] _salt;
    private readonly byte[] _counters = new byte[PacketMax];
    private readonly byte[] _stream = new byte[PacketMax];

    /// <param name="key">Master key and salt.</param>
    /// <param name="label">Label of the encryption key: 0 for RTP, 3 for RTCP; authentication key and salt follow it.</param>
    public SessionKeys(SrtpKey key, byte label)
    {
        using var master = Cipher(key.Key.ToArray());
        _cipher = Cipher(Derive(master, key.Salt, label, SrtpKey.KeyBytes));
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Derive(master, key.Salt, (byte)(label + 1), AuthenticationBytes));
        _salt = Derive(master, key.Salt, (byte)(label + 2), SrtpKey.SaltBytes);
    }

    /// <summary>Encrypts or decrypts in place (section 4.1.1).</summary>
    /// <param name="data">The encrypted portion; at most <see cref="PacketMax"/>.</param>
    /// <param name="ssrc">Of the packet.</param>
    /// <param name="index">Its 48-bit index.</param>
    public void Cipher(Span<byte> data, uint ssrc, long index)
    {
        var blocks = (data.Length + Block - 1) / Block;
        var first = _counters.AsSpan(0, Block);
        _salt.CopyTo(first);
        first[14..].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(first[4..], BinaryPrimitives.ReadUInt32BigEndian(first[4..]) ^ ssrc);
        BinaryPrimitives.WriteInt64BigEndian(first[8..], BinaryPrimitives.ReadInt64BigEndian(first[8..]) ^ (index << 16));
        for (var i = 1; i < blocks; i++)
        {
            first.CopyTo(_counters.AsSpan(i * Block));
            BinaryPrimitives.WriteUInt16BigEndian(_counters.AsSpan((i * Block) + 14), (ushort)i);
        }

        if (blocks > 0) _cipher.TransformBlock(_counters, 0, blocks * Block, _stream, 0);
        for (var i = 0; i < data.Length; i++) data[i] ^= _stream[i];
    }

    /// <summary>The whole HMAC over a packet and what is authenticated with it (section 4.2).</summary>
    /// <param name="packet">The authenticated portion.</param>
    /// <param name="rollOver">The roll-over counter of RTP; null for RTCP, whose index stands in the packet.</param>
    /// <param name="tag">Receives 20 bytes.</param>
    public void Authenticate(ReadOnlySpan<byte> packet, uint? rollOver, Span<byte> tag)
    {
        _hash.AppendData(packet);
        if (rollOver is { } counter)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, counter);
            _hash.AppendData(bytes);
        }

        _hash.GetHashAndReset(tag);
    }

    public void Dispose()
    {
        _cipher.Dispose();
        _hash.Dispose();
    }

    /// <summary>The key-derivation function with a rate of zero (section 4.3.3).</summary>
    internal static byte[] Derive(ICryptoTransform master, ReadOnlySpan<byte> salt, byte label, int length)
    {
        var counters = new byte[2 * Block];
        var stream = new byte[2 * Block];
        for (var i = 0; i < 2; i++)
        {
            var block = counters.AsSpan(i * Block, Block);
            salt.CopyTo(block);
            block[7] ^= label;
            block[15] = (byte)i;
        }

        master.TransformBlock(counters, 0, counters.Length, stream, 0);
        return stream[..length];
    }

    internal static ICryptoTransform Cipher(byte[] key)
    {
        using var aes = Aes.Create();
        (aes.Mode, aes.Padding, aes.Key) = (CipherMode.ECB, PaddingMode.None, key);
        return aes.CreateEncryptor();
    }
}
