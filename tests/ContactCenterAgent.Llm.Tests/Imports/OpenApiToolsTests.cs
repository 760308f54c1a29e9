using System.Collections.Immutable;
using System.Net;
using System.Text;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Llm.Imports;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Tests.Imports;

public sealed class OpenApiToolsTests
{
    private const string Document = """
        {
          "openapi": "3.1.0", "info": {"title": "CRM", "version": "1"}, "servers": [{"url": "https://crm.example.org/api"}],
          "paths": {
            "/customers": {
              "get": {"operationId": "findCustomers", "summary": "Finds customers.", "parameters": [
                {"name": "q", "in": "query", "required": true, "schema": {"type": "string"}}, {"name": "status", "in": "query", "schema": {"type": "string", "enum": ["active", "on_hold"]}},
                {"name": "since", "in": "query", "schema": {"type": "string", "format": "date"}}, {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "X-Tenant", "in": "header", "schema": {"type": "string"}}]},
              "post": {"operationId": "createCustomer", "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Customer"}}}}}
            },
            "/customers/{customerId}": {
              "parameters": [{"$ref": "#/components/parameters/Id"}],
              "get": {"summary": "One customer."},
              "delete": {"operationId": "deleteCustomer"},
              "put": {"operationId": "replaceCustomer", "requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}}
            },
            "/orders": {"post": {"operationId": "order", "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["lines"], "properties": {"lines": {"type": "array"}}}}}}}},
            "/loops": {"get": {"operationId": "loops", "parameters": [{"name": "a", "in": "query", "required": true, "schema": {"$ref": "#/components/schemas/Loop"}}]}}
          },
          "components": {
            "parameters": {"Id": {"name": "customerId", "in": "path", "required": true, "schema": {"type": "integer"}}},
            "schemas": {
              "Loop": {"$ref": "#/components/schemas/Loop"},
              "Customer": {"type": "object", "required": ["name", "age"], "properties": {
                "id": {"type": "string", "readOnly": true}, "name": {"type": "string"}, "age": {"type": "integer", "minimum": 0}, "email": {"type": ["string", "null"], "format": "email"},
                "vip": {"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "address": {"type": "object"}}}
            }
          }
        }
        """;

    private readonly Backend _backend = new();

    [Fact]
    public void Operations_AreTools_AndAGetIsARead() => Import().Tools.ToDictionary(t => t.Descriptor.Name, t => t.Descriptor.Effect).ShouldBe(new Dictionary<string, ToolEffect>
    {
        ["find_customers"] = ToolEffect.Read,
        ["create_customer"] = ToolEffect.Write,
        ["get_customers_customer_id"] = ToolEffect.Read,
        ["delete_customer"] = ToolEffect.Irreversible,
    }, ignoreOrder: true);

    [Fact]
    public void Schemas_ThatACallerCannotSay_AreRefusedWithAReason() => Import().Refused.Select(r => r.Reason).ShouldBe(
    [
        "crm: replaceCustomer cannot be used: its body is not JSON.",
        "crm: order cannot be used: its parameter lines is a list, which a caller cannot say.",
        "crm: loops cannot be used: its schema refers to #/components/schemas/Loop, which cannot be followed.",
    ], ignoreOrder: true);

    [Fact]
    public void Parameters_HaveTheTypesOfTheirSchemas()
    {
        Parameters("find_customers").ShouldBe([("q", ParameterType.Text, true), ("status", ParameterType.Choice, false), ("since", ParameterType.Date, false), ("x_tenant", ParameterType.Text, false)]);
        Parameters("create_customer").ShouldBe([("name", ParameterType.Text, true), ("age", ParameterType.Count, true), ("email", ParameterType.Email, false), ("vip", ParameterType.Boolean, false)]);
        Parameters("delete_customer").ShouldBe([("customer_id", ParameterType.EntityId, true)]);
        Tool("find_customers").Descriptor.Parameter("status")!.Values[1].Words.ShouldBe(["on hold"]);
    }

    [Fact]
    public async Task Get_SendsPathQueryAndHeaders()
    {
        _backend.Answers = _ => (HttpStatusCode.OK, """{"items":[{"id":7,"name":"Dana"}],"next":"p2"}""");
        var result = await McpToolsTests.CallAsync(Tool("find_customers"), ("q", "dana & co"), ("status", "on_hold"), ("x_tenant", "north"));

        _backend.Seen.ShouldBe("GET https://crm.example.org/api/customers?q=dana%20%26%20co&status=on_hold X-Tenant=north ");
        result.Rows.Single()["name"].ShouldBe("Dana");
        result.Truncated.ShouldBeTrue("there is another page");

        await McpToolsTests.CallAsync(Tool("get_customers_customer_id"), ("customer_id", "7"));
        _backend.Seen.ShouldStartWith("GET https://crm.example.org/api/customers/7 ");
    }

    [Fact]
    public async Task Post_SendsTypedJson()
    {
        await McpToolsTests.CallAsync(Tool("create_customer"), ("name", "dana"), ("age", "41"), ("vip", "true"));
        _backend.Seen.ShouldBe("""POST https://crm.example.org/api/customers  {"name":"dana","age":41,"vip":true}""");
    }

    [Fact]
    public async Task Argument_ThatIsNotOfTheSourcesType_IsNamed() =>
        (await Should.ThrowAsync<ArgumentException>(() => McpToolsTests.CallAsync(Tool("delete_customer"), ("customer_id", "seven")))).ParamName.ShouldBe("customer_id");

    [Theory]
    [InlineData(404, "not_found")]
    [InlineData(409, "conflict")]
    [InlineData(422, "rejected")]
    [InlineData(403, "not_allowed")]
    public async Task Refusal_OfAnEffect_IsARefusal(int status, string reason)
    {
        _backend.Answers = _ => ((HttpStatusCode)status, "{}");
        (await Should.ThrowAsync<ToolRefusedException>(() => McpToolsTests.CallAsync(Tool("delete_customer"), ("customer_id", "7")))).Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Get_OfSomethingThatIsNotThere_FindsNothing()
    {
        _backend.Answers = _ => (HttpStatusCode.NotFound, "{}");
        (await McpToolsTests.CallAsync(Tool("get_customers_customer_id"), ("customer_id", "7"))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failure_OfAReadIsUnavailable_OfAnEffectIsNotKnown()
    {
        _backend.Answers = _ => (HttpStatusCode.InternalServerError, "");
        await Should.ThrowAsync<ToolUnavailableException>(() => McpToolsTests.CallAsync(Tool("find_customers"), ("q", "x")));
        await Should.ThrowAsync<InvalidOperationException>(() => McpToolsTests.CallAsync(Tool("delete_customer"), ("customer_id", "7")));
        _backend.Answers = _ => (HttpStatusCode.TooManyRequests, "");
        await Should.ThrowAsync<ToolUnavailableException>(() => McpToolsTests.CallAsync(Tool("delete_customer"), ("customer_id", "7")));
    }

    [Fact]
    public async Task Post_SendsItsKeyAsAHeader_AndWhatIsFixed()
    {
        var tool = Ruled("createCustomer", new()
        {
            Key = "Idempotency-Key",
            Parameters = ImmutableSortedDictionary<string, ParameterRule>.Empty.Add("vip", new() { Fixed = "false" }).Add("email", new() { Include = false }),
        });
        tool.Descriptor.Parameters.Select(p => p.Name).ShouldBe(["name", "age"]);

        await tool.Invoke.InvokeAsync(Keyed("k:1", ("name", "dana"), ("age", "41")));

        _backend.Seen.ShouldBe("""POST https://crm.example.org/api/customers Idempotency-Key=k:1 {"name":"dana","age":41,"vip":false}""");
    }

    [Fact]
    public async Task Result_OfAnEffect_IsAnObject_AsALookUpsIs()
    {
        _backend.Answers = _ => (HttpStatusCode.OK, """[{"id":7}]""");
        ((string)(await Tool("delete_customer").Invoke.InvokeAsync(Keyed("k:1", ("customer_id", "7"))))!).ShouldBe("""{"id":7}""");
        _backend.Answers = _ => (HttpStatusCode.NoContent, "");
        ((string)(await Tool("delete_customer").Invoke.InvokeAsync(Keyed("k:1", ("customer_id", "7"))))!).ShouldBe("{}");
    }

    [Theory]
    [InlineData(true, """[{"id":7,"state":"open"}]""", """{"id":7,"state":"done"}""")]
    [InlineData(true, "[]", """{"state":"absent"}""")]
    [InlineData(false, "[]", """{"state":"unknown"}""")]
    public async Task LookUp_TellsWhatBecameOfAKey(bool absentIsFinal, string answer, string expected)
    {
        var tool = Ruled("createCustomer", new() { LookUp = new("findCustomers", "q", absentIsFinal) });
        _backend.Answers = _ => (HttpStatusCode.OK, answer);

        var told = (string)(await tool.LookUp!.InvokeAsync(Keyed("k:1")))!;

        told.ShouldBe(expected);
        tool.Descriptor.CanLookUp.ShouldBeTrue();
        _backend.Seen.ShouldStartWith("GET https://crm.example.org/api/customers?q=k%3A1 ");
    }

    [Fact]
    public void LookUp_ThatIsNoRead_IsRefused() =>
        Import(new() { LookUp = new("deleteCustomer", "customerId", true) }).Refused.ShouldContain(r => r.Reason == "crm: createCustomer cannot be used: its look-up deleteCustomer is not a read." && r.Named);

    [Theory]
    [InlineData("no json", "The OpenAPI document is not JSON at line 1.")]
    [InlineData("[]", "It is no OpenAPI 3 document.")]
    [InlineData("""{"swagger":"2.0","paths":{}}""", "It is no OpenAPI 3 document.")]
    [InlineData("""{"openapi":"3.0.0","paths":{},"servers":[{"url":"/v1"}]}""", "The OpenAPI document names no absolute server.")]
    public void Document_ThatIsNone_IsRefused(string document, string message) =>
        Should.Throw<FormatException>(() => OpenApiTools.Import(document, new(_backend), null, new() { Source = "crm" })).Message.ShouldBe(message);

    private (string, ParameterType, bool)[] Parameters(string tool) => [.. Tool(tool).Descriptor.Parameters.Select(p => (p.Name, p.Type, p.Required))];

    private Tool Tool(string name) => Import().Tools.Single(t => t.Descriptor.Name == name);

    private Tool Ruled(string tool, ImportRule rule) => Import(rule, tool).Tools.Single(t => t.Descriptor.Name == ImportNames.Ours(tool));

    private ToolImport Import(ImportRule rule, string tool = "createCustomer") =>
        OpenApiTools.Import(Document, new(_backend), null, new() { Source = "crm", Rules = ImmutableSortedDictionary<string, ImportRule>.Empty.Add(tool, rule) });

    private static AIFunctionArguments Keyed(string key, params (string Name, string Value)[] arguments)
    {
        var given = new AIFunctionArguments(StringComparer.Ordinal) { Context = new Dictionary<object, object?> { [ToolContext.Key] = key } };
        foreach (var (name, value) in arguments) given[name] = value;
        return given;
    }

    private ToolImport Import() => OpenApiTools.Import(Document, new(_backend), null, new() { Source = "crm" });

    private sealed class Backend : HttpMessageHandler
    {
        public string Seen { get; private set; } = "";

        public Func<HttpRequestMessage, (HttpStatusCode, string)> Answers { get; set; } = _ => (HttpStatusCode.OK, "{}");

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Seen = $"{request.Method} {request.RequestUri!.AbsoluteUri} {string.Join(' ', request.Headers.Select(h => $"{h.Key}={string.Join(',', h.Value)}"))} {body}";
            var (status, text) = Answers(request);
            return new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        }
    }
}
