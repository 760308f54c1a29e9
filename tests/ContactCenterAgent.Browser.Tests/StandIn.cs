namespace ContactCenterAgent.Browser.Tests;

/// <summary>A recogniser of our own in place of the browser's: a browser without its maker's service has none that works. It says what a test tells it to, in the form of the Web Speech API.</summary>
internal static class StandIn
{
    /// <summary>What a page's script finds as SpeechRecognition. <c>ear</c> is the one that listens, <c>starts</c> counts attempts.</summary>
    public const string Script = """
        window.starts = 0;
        window.SpeechRecognition = window.webkitSpeechRecognition = class {
          start(track) {
            if (this.on) throw new DOMException("It has begun.", "InvalidStateError");
            [this.on, this.results, this.track, window.ear] = [true, [], track, this];
            window.starts++;
            if (window.fault) setTimeout(() => this.fail(window.fault));
          }
          stop() { this.end(); }
          abort() { this.end(); }
          end() {
            if (!this.on) return;
            this.on = false;
            setTimeout(() => this.onend());
          }
          fail(error) {
            this.onerror({ error });
            this.end();
          }
          give(at, isFinal, ...readings) {
            this.results[at] = Object.assign(readings.map((transcript, i) => ({ transcript, confidence: i === 0 ? 0.9 : 0 })), { isFinal });
            this.onresult({ resultIndex: at, results: this.results });
          }
          async say(text) {
            const at = this.results.length, words = text.split(" ");
            for (let count = 1; count <= words.length; count++) {
              this.give(at, false, words.slice(0, count).join(" "));
              await new Promise(done => setTimeout(done, 250));
            }
            this.give(at, true, text);
          }
        };
        """;

    /// <summary>The same, and every attempt fails.</summary>
    /// <param name="error">A SpeechRecognitionErrorCode.</param>
    public static string Failing(string error) => $"{Script}\nwindow.fault = \"{error}\";\n";

    /// <summary>A browser that has none.</summary>
    public const string None = "window.SpeechRecognition = window.webkitSpeechRecognition = undefined;";
}
