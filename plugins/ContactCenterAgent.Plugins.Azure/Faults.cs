using Azure;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Plugins.Azure;

/// <summary>The client library's failures in our words. Its messages hold identifiers of people, so they go no further.</summary>
internal static class Faults
{
    internal static async Task<T> NamedAsync<T>(Func<Task<T>> command)
    {
        try
        {
            return await command();
        }
        catch (RequestFailedException fault) when (fault.Status is > 0 and not (429 or 503))
        {
            throw new AcsRefusedException(fault.Status, fault.ErrorCode ?? "");
        }
        catch (RequestFailedException fault)
        {
            throw new ToolUnavailableException($"acs.unavailable: status {fault.Status}, code {fault.ErrorCode}");
        }
        catch (AggregateException)
        {
            // The library's pipeline throws its attempts together where none reached the service.
            throw new ToolUnavailableException("acs.unavailable: no attempt reached the service");
        }
    }
}
