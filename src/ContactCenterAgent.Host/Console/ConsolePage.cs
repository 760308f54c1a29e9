using System.Security.Cryptography;
using System.Text;

namespace ContactCenterAgent.Host.Console;

/// <summary>The console's one page: a file inside the program, without anything from elsewhere.</summary>
internal static class ConsolePage
{
    private static readonly string Html = Read();

    // The page's own script and style by their hashes: nothing that a text could smuggle in runs.
    private static readonly string Policy =
        $"default-src 'none'; script-src '{Hash("script")}'; style-src '{Hash("style")}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Html, context.RequestAborted);
    }

    private static string Hash(string element)
    {
        var from = Html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var to = Html.IndexOf($"</{element}>", from, StringComparison.Ordinal);
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Html[from..to])));
    }

    private static string Read()
    {
        using var stream = typeof(ConsolePage).Assembly.GetManifestResourceStream("console.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
