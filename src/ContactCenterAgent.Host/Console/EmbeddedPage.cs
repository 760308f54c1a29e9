using System.Security.Cryptography;
using System.Text;

namespace ContactCenterAgent.Host.Console;

/// <summary>A page that is a file inside the program, without anything from elsewhere.</summary>
internal sealed class EmbeddedPage
{
    private readonly string _html;
    private readonly string _policy;

    /// <param name="file">The file; it has one script and one style.</param>
    /// <param name="modules">Whether it loads modules of its own origin beside its script.</param>
    /// <param name="fill">What it says in places of its own, outside of script and style: HTML by the place's name.</param>
    public EmbeddedPage(string file, bool modules = false, params ReadOnlySpan<(string Place, string Html)> fill)
    {
        _html = Read(file);
        foreach (var (place, html) in fill) _html = _html.Replace($"<!--{place}-->", html, StringComparison.Ordinal);

        // The page's own script and style by their hashes: nothing that a text could smuggle in runs.
        _policy = $"default-src 'none'; script-src '{Hash("script")}'{(modules ? " 'self'" : "")}; style-src '{Hash("style")}'; connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>Answers with the page.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = _policy;
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return WriteAsync(context, _html, "text/html; charset=utf-8");
    }

    /// <summary>Answers with another of the program's files.</summary>
    public static Task WriteAsync(HttpContext context, string text, string contentType)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>The text of a file inside the program.</summary>
    public static string Read(string file)
    {
        using var stream = typeof(EmbeddedPage).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private string Hash(string element)
    {
        var from = _html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var to = _html.IndexOf($"</{element}>", from, StringComparison.Ordinal);
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_html[from..to])));
    }
}
