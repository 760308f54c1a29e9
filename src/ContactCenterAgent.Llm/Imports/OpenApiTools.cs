using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>
/// The operations of an OpenAPI document (3.0 or 3.1) as tools: this is how a CRM with a REST interface is connected. A document in YAML goes through <see cref="OpenApiYaml"/> first. GET is a <see cref="ToolEffect.Read"/> at most, DELETE is
/// <see cref="ToolEffect.Irreversible"/>, everything else a <see cref="ToolEffect.Write"/>; the operator's table wins.
/// </summary>
/// <remarks>Parameters stand in the path, the query, a header, or as properties of a JSON body. (OpenAPI Specification 3.1.0, sections 4.8.10 "Operation Object", 4.8.12 "Parameter Object".)</remarks>
public static class OpenApiTools
{
    /// <summary>Characters of a document, and of one in YAML with its aliases written out.</summary>
    public const int DocumentMax = 8 << 20;

    private static readonly string[] Verbs = ["get", "head", "post", "put", "patch", "delete"];

    /// <summary>Imports a document's operations.</summary>
    /// <param name="document">The document's JSON.</param>
    /// <param name="http">Sends the requests, with whatever headers show who we are. Owned by the caller.</param>
    /// <param name="server">Base address; null = the document's first server.</param>
    /// <param name="options">How the tools are imported.</param>
    /// <exception cref="FormatException">It is no OpenAPI document in JSON (the message names the line), or names no absolute server where none was given.</exception>
    public static ToolImport Import(string document, HttpClient http, Uri? server, ImportOptions options)
    {
        try
        {
            return Import(Parse(document), http, server, options);
        }
        catch (Exception broken) when (broken is InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The OpenAPI document is not of the specification's form: it has a text or a list where an object belongs, or the other way round.", broken);
        }
    }

    private static ToolImport Import(JsonElement root, HttpClient http, Uri? server, ImportOptions options)
    {
        var address = server ?? Server(root);
        var unusable = new List<(string, string)>();
        var tools = new List<ForeignTool>();
        foreach (var path in root.GetProperty("paths").EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => Verbs.Contains(o.Name) && o.Value.ValueKind == JsonValueKind.Object))
            {
                var name = ImportedSchema.Text(operation.Value, "operationId") ?? $"{operation.Name}_{path.Name}";
                try
                {
                    tools.Add(Foreign(name, path, operation, root, http, address));
                }
                catch (UnrepresentableException cannot)
                {
                    unusable.Add((name, cannot.Message));
                }
            }
        }

        return ImportedTool.Import(tools, unusable, options);
    }

    /// <summary>The base address that a document names first.</summary>
    /// <exception cref="FormatException">It is no OpenAPI document in JSON, or names no absolute server.</exception>
    public static Uri ServerOf(string document) => Server(Parse(document));

    private static ForeignTool Foreign(string name, JsonProperty path, JsonProperty operation, JsonElement root, HttpClient http, Uri address)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        var properties = new Dictionary<string, (string, JsonElement, bool)>(StringComparer.Ordinal);
        foreach (var parameter in Parameters(path.Value, root).Concat(Parameters(operation.Value, root)))
        {
            var (wire, place) = (ImportedSchema.Text(parameter, "name") ?? "", ImportedSchema.Text(parameter, "in") ?? "");
            if (place == "cookie") continue;
            var required = place == "path" || (parameter.TryGetProperty("required", out var must) && must.ValueKind == JsonValueKind.True);
            places[wire] = place;
            properties[wire] = (wire, parameter.TryGetProperty("schema", out var schema) ? schema : parameter, required);
        }

        foreach (var (wire, schema, required) in Body(operation.Value, root))
        {
            if (!places.TryAdd(wire, "body")) throw new UnrepresentableException($"{wire} stands in its body and elsewhere");
            properties[wire] = (wire, schema, required);
        }

        var request = new OpenApiRequest(http, address, new(operation.Name.ToUpperInvariant()), path.Name, places);
        var effect = operation.Name switch { "get" or "head" => ToolEffect.Read, "delete" => ToolEffect.Irreversible, _ => ToolEffect.Write };
        var description = ImportedSchema.Text(operation.Value, "summary") ?? ImportedSchema.Text(operation.Value, "description") ?? "";
        return new(name, description, effect, [.. properties.Values], root, TakesHeaders: true, request.SendAsync);
    }

    private static IEnumerable<JsonElement> Parameters(JsonElement holder, JsonElement root) =>
        holder.TryGetProperty("parameters", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(p => ImportedSchema.Resolve(p, root, 0)) : [];

    private static IEnumerable<(string Name, JsonElement Schema, bool Required)> Body(JsonElement operation, JsonElement root)
    {
        if (!operation.TryGetProperty("requestBody", out var body)) return [];
        body = ImportedSchema.Resolve(body, root, 0);
        if (!body.TryGetProperty("content", out var content) || !content.TryGetProperty("application/json", out var json) || !json.TryGetProperty("schema", out var schema))
            throw new UnrepresentableException("its body is not JSON");
        schema = ImportedSchema.Resolve(schema, root, 0);
        if (ImportedSchema.Text(schema, "type") != "object" || !schema.TryGetProperty("properties", out var properties)) throw new UnrepresentableException("its body is not a plain object");
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        return [.. properties.EnumerateObject().Where(p => !IsReadOnly(p.Value)).Select(p => (p.Name, p.Value, required.Contains(p.Name)))];
    }

    private static bool IsReadOnly(JsonElement schema) => schema.TryGetProperty("readOnly", out var only) && only.ValueKind == JsonValueKind.True;

    private static Uri Server(JsonElement root) =>
        root.TryGetProperty("servers", out var servers) && servers.ValueKind == JsonValueKind.Array && servers.GetArrayLength() > 0
        && Uri.TryCreate(ImportedSchema.Text(servers[0], "url"), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException("The OpenAPI document names no absolute server.");

    /// <summary>What is said of a document beyond <see cref="DocumentMax"/>.</summary>
    public static FormatException TooLarge() => new($"The OpenAPI document is too large. Allowed: {DocumentMax >> 20} MiB.");

    private static JsonElement Parse(string text)
    {
        if (text.Length > DocumentMax) throw TooLarge();
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 128 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("openapi", out _) && root.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Object
                ? root.Clone()
                : throw new FormatException("It is no OpenAPI 3 document.");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"The OpenAPI document is not JSON at line {broken.LineNumber + 1}.", broken);
        }
    }
}

/// <summary>Sends one operation.</summary>
/// <param name="http">The connection.</param>
/// <param name="server">Base address.</param>
/// <param name="method">The verb.</param>
/// <param name="path">The path with its parameters in braces.</param>
/// <param name="places">Where each parameter stands: path, query, header or body.</param>
internal sealed class OpenApiRequest(HttpClient http, Uri server, HttpMethod method, string path, IReadOnlyDictionary<string, string> places)
{
    private const int BodyMax = 4 << 20;

    internal async Task<string> SendAsync(JsonObject arguments, CancellationToken cancellationToken)
    {
        using var request = Request(arguments);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException unreachable) when (IsRead || unreachable.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new ToolUnavailableException("The back end cannot be reached.", unreachable);
        }

        using (response) return await ReadAsync(response, cancellationToken);
    }

    private bool IsRead => method == HttpMethod.Get || method == HttpMethod.Head;

    private HttpRequestMessage Request(JsonObject arguments)
    {
        var (where, query) = (path, new List<string>());
        var body = new JsonObject();
        var request = new HttpRequestMessage { Method = method };
        foreach (var (name, value) in arguments)
        {
            var text = value!.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            switch (places.GetValueOrDefault(name, "header"))
            {
                case "path": where = where.Replace($"{{{name}}}", Uri.EscapeDataString(text), StringComparison.Ordinal); break;
                case "header": request.Headers.TryAddWithoutValidation(name, text); break;
                case "body": body[name] = value.DeepClone(); break;
                default: query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(text)}"); break;
            }
        }

        request.RequestUri = new(server.AbsoluteUri.TrimEnd('/') + where + (query.Count == 0 ? "" : "?" + string.Join('&', query)));

        // An effect has a body, if an empty one: a request without is sent again by the HTTP client when its connection dies.
        if (places.Values.Contains("body")) request.Content = JsonContent.Create(body);
        else if (!IsRead) request.Content = new ByteArrayContent([]);
        return request;
    }

    // A refusal changed nothing. What a server's own failure changed, nobody knows: an effect's goes to its look-up.
    private async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound when IsRead && places.Values.Contains("path"): return "[]";
            case HttpStatusCode.NotFound: throw new ToolRefusedException("not_found");
            case HttpStatusCode.Conflict: throw new ToolRefusedException("conflict");
            case HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity: throw new ToolRefusedException("rejected");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden: throw new ToolRefusedException("not_allowed");
            case HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable: throw new ToolUnavailableException("The back end is busy.");
            case >= HttpStatusCode.InternalServerError when IsRead: throw new ToolUnavailableException("The back end has failed.");
        }

        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"The back end answered {(int)response.StatusCode}.");
        await response.Content.LoadIntoBufferAsync(BodyMax, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
