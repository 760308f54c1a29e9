namespace ContactCenterAgent.Conformance.Npm;

/// <summary>A test against a client that somebody else wrote for Node; without it the test is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="package">The client's npm package.</param>
    public NodeFactAttribute(string package)
    {
        if (NodeProgram.Modules is not { } modules || !File.Exists(Path.Combine(modules, package, "package.json")))
            Skip = $"The npm package {package} is missing: ./test.sh installs it where there are node and npm, or set CONTACTCENTER_NPM to a node_modules folder.";
    }
}
