using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ContactCenterAgent.Transports.Sip.Sockets;

/// <summary>Certificates: ours for those who call us, authorities for those whom we call.</summary>
internal sealed class SipTls : IDisposable
{
    private readonly X509Certificate2? _own;
    private readonly X509Certificate2Collection? _authorities;

    private SipTls(X509Certificate2? own, X509Certificate2Collection? authorities) => (_own, _authorities) = (own, authorities);

    internal bool CanServe => _own is not null;

    /// <summary>Reads the files; null = there are none.</summary>
    /// <exception cref="IOException">A file is missing or holds no certificate.</exception>
    internal static SipTls? Read(SipOptions options)
    {
        try
        {
            var own = options.CertificateFile.Length == 0 ? null : X509Certificate2.CreateFromPemFile(options.CertificateFile);
            X509Certificate2Collection? authorities = null;
            if (options.AuthoritiesFile.Length > 0) (authorities = []).ImportFromPemFile(options.AuthoritiesFile);
            return new(own, authorities);
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The SIP line cannot read its certificates ({options.CertificateFile}, {options.AuthoritiesFile}): {fault.Message}", fault);
        }
    }

    internal async Task<SslStream> ServeAsync(Stream inner, CancellationToken cancellationToken)
    {
        var stream = new SslStream(inner);
        await stream.AuthenticateAsServerAsync(new() { ServerCertificate = _own, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, cancellationToken);
        return stream;
    }

    /// <summary>As a client: the peer's name is checked against its certificate.</summary>
    internal async Task<SslStream> CallAsync(Stream inner, string name, CancellationToken cancellationToken)
    {
        var stream = new SslStream(inner);
        var options = new SslClientAuthenticationOptions { TargetHost = name, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (_authorities is not null)
        {
            options.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        return stream;
    }

    public void Dispose() => _own?.Dispose();
}
