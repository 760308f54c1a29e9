using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Llm.Imports;

namespace ContactCenterAgent.Host.Agents;

/// <summary>Reads an OpenAPI document from where the settings say that it is.</summary>
internal static class OpenApiSource
{
    // Names that YAML goes by (RFC 9512 registers application/yaml and deprecates the others).
    private static readonly string[] YamlEndings = [".yaml", ".yml"];

    /// <summary>The document as JSON.</summary>
    /// <param name="document">A file, or an http or https address. YAML by its content type, or by the ending of its name where the type says nothing of JSON.</param>
    /// <param name="server">Gets our headers with the request for the document; null = nobody does.</param>
    /// <param name="headers">Who we are.</param>
    /// <param name="http">The connection.</param>
    /// <param name="path">Where its settings stand, for messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingException">The file is not there.</exception>
    /// <exception cref="FormatException">It is too large, or no YAML where it says so.</exception>
    /// <exception cref="HttpRequestException">The address does not answer with a document, or with one that is too large.</exception>
    public static async Task<string> ReadAsync(string document, Uri? server, Dictionary<string, string> headers, HttpClient http, string path, CancellationToken cancellationToken)
    {
        if (document.StartsWith("http://", StringComparison.Ordinal) || document.StartsWith("https://", StringComparison.Ordinal)) return await FetchAsync(new(document), server, headers, http, cancellationToken);
        var file = new FileInfo(document);
        if (!file.Exists) throw new SettingException($"{path}:Document is not there: {file.FullName}.");
        if (file.Length > OpenApiTools.DocumentMax) throw OpenApiTools.TooLarge();
        var text = await File.ReadAllTextAsync(document, cancellationToken);
        return IsYaml(file.Name) ? OpenApiYaml.ToJson(text) : text;
    }

    // Who we are is told only to the server that it is meant for.
    private static async Task<string> FetchAsync(Uri address, Uri? server, Dictionary<string, string> headers, HttpClient http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (server is not null && Uri.Compare(server, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(OpenApiTools.DocumentMax, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        return type.Contains("yaml", StringComparison.OrdinalIgnoreCase) || (!type.Contains("json", StringComparison.OrdinalIgnoreCase) && IsYaml(address.AbsolutePath)) ? OpenApiYaml.ToJson(text) : text;
    }

    private static bool IsYaml(string name) => YamlEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
