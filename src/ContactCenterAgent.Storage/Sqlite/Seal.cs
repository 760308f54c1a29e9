using System.Security.Cryptography;

namespace ContactCenterAgent.Storage.Sqlite;

/// <summary>AES-256-GCM (NIST SP 800-38D) with a key per call. A sealed value is nonce (12 bytes), tag (16), ciphertext.</summary>
/// <remarks>Nonces are random: a call seals thousands of values, far below the 2^32 at which two of them might meet.</remarks>
internal static class Seal
{
    internal const int Overhead = NonceBytes + TagBytes;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    internal static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <summary>Seals <paramref name="plain"/>; <paramref name="place"/> binds it to where it stands, so that it opens nowhere else.</summary>
    internal static byte[] Close(AesGcm cipher, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var sealedValue = new byte[Overhead + plain.Length];
        var nonce = sealedValue.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, plain, sealedValue.AsSpan(Overhead), sealedValue.AsSpan(NonceBytes, TagBytes), place);
        return sealedValue;
    }

    /// <summary>Opens a sealed value.</summary>
    /// <exception cref="CryptographicException">Another key, another place, or changed bytes.</exception>
    internal static byte[] Open(AesGcm cipher, ReadOnlySpan<byte> sealedValue, ReadOnlySpan<byte> place)
    {
        if (sealedValue.Length < Overhead) throw new CryptographicException("A sealed value has at least 28 bytes.");
        var plain = new byte[sealedValue.Length - Overhead];
        cipher.Decrypt(sealedValue[..NonceBytes], sealedValue[Overhead..], sealedValue.Slice(NonceBytes, TagBytes), plain, place);
        return plain;
    }

    internal static AesGcm Cipher(byte[] key) => new(key, TagBytes);

    /// <summary>Seals a text for a column; null where the call has been erased, or there is no text.</summary>
    internal static byte[]? Text(byte[]? key, string? text, string place)
    {
        if (key is null || text is null) return null;
        using var cipher = Cipher(key);
        return Close(cipher, System.Text.Encoding.UTF8.GetBytes(text), System.Text.Encoding.UTF8.GetBytes(place));
    }

    /// <summary>Opens a column; null where the call has been erased, or there was no text.</summary>
    internal static string? Text(byte[]? key, byte[]? column, string place)
    {
        if (key is null || column is null) return null;
        using var cipher = Cipher(key);
        return System.Text.Encoding.UTF8.GetString(Open(cipher, column, System.Text.Encoding.UTF8.GetBytes(place)));
    }
}
