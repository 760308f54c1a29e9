namespace ContactCenterAgent.Llm.Imports;

/// <summary>Names of imported tools and parameters.</summary>
public static class ImportNames
{
    /// <summary>Our name of what a source calls otherwise: snake case, letters and digits only; <c>customerId</c> is <c>customer_id</c>.</summary>
    public static string Ours(string name) => ToolNames.Snake(name);
}
