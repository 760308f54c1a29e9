using System.Net.Sockets;
using System.Text;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>This assembly as a program inside the namespace: a line of input is a command for baresip, what baresip says comes out.</summary>
internal static class BaresipControl
{
    internal static async Task<int> RunAsync()
    {
        using var client = new TcpClient("127.0.0.1", 4444);
        await using var stream = client.GetStream();
        var reading = ReadAsync(stream);
        Console.WriteLine("connected");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var (command, parameters) = blank < 0 ? (line, "") : (line[..blank], line[(blank + 1)..]);
            var json = $$"""{"command":"{{command}}","params":"{{parameters}}"}""";
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{json.Length}:{json},"));
        }

        return 0;
    }

    private static async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[65_536];
        while (await stream.ReadAsync(buffer) is > 0 and var length)
        {
            Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, length));
            await Console.Out.FlushAsync();
        }
    }
}
