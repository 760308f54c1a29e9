using System.Runtime.InteropServices;
using ContactCenterAgent.AudioLoop.Tests.Sounds;
using ContactCenterAgent.Media.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>A voice in Piper's form that says every text as a tone without a gap.</summary>
internal sealed class ToneServer : IAsyncDisposable
{
    public const int SampleRate = 16_000;

    private readonly WebApplication _app;

    private ToneServer(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts one on a free port of this machine.</summary>
    /// <param name="length">Of every text's tone.</param>
    /// <param name="goesOn">The answer never ends, but nothing more comes: a voice that is stuck.</param>
    public static async Task<ToneServer> StartAsync(TimeSpan length, bool goesOn)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var tone = MemoryMarshal.AsBytes(Burst.Of(length, SampleRate).AsSpan()).ToArray();
        app.Run(async context =>
        {
            await context.Response.Body.WriteAsync(WavWriter.Header(SampleRate, channels: 1, (uint)tone.Length));
            await context.Response.Body.WriteAsync(tone);
            await context.Response.Body.FlushAsync();
            if (goesOn) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await app.StartAsync();
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero, TimeProvider.System);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
