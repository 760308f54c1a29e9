using System.Text;

namespace ContactCenterAgent.Plugins.LLamaSharp.Tests;

/// <summary>
/// Writes a llama of two layers with random weights as a GGUF file (format version 3, little-endian, tensors aligned to 32 bytes). It says nonsense, but it is loaded, batched, cached and
/// constrained like any other. Its vocabulary is every byte and the printable ASCII characters.
/// </summary>
internal sealed class TinyModel : IDisposable
{
    private const int Layers = 2, Width = 32, Heads = 4, KeyHeads = 2, Inner = 64, Context = 2048;

    private readonly string _folder = Directory.CreateTempSubdirectory("gguf").FullName;

    public TinyModel(string architecture = "llama") => Write(architecture);

    public string Path => System.IO.Path.Combine(_folder, "tiny.gguf");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<(string Text, float Score, int Type)> Vocabulary()
    {
        var words = new List<(string, float, int)> { ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3) };
        for (var b = 0; b < 256; b++) words.Add(($"<0x{b:X2}>", 0, 6));
        words.Add(("\u2581", -1, 1));
        for (var c = '!'; c <= '~'; c++) words.Add((c.ToString(), -1, 1));
        words.Add(("<|im_start|>", 0, 3));
        words.Add(("<|im_end|>", 0, 3));
        return words;
    }

    private void Write(string architecture)
    {
        var words = Vocabulary();
        var tensors = Tensors(words.Count).ToList();
        using var file = new BinaryWriter(File.Create(Path), Encoding.UTF8);
        file.Write("GGUF"u8);
        file.Write(3u);
        file.Write((ulong)tensors.Count);
        var pairs = new List<Action>
        {
            () => Text("general.architecture", architecture),
            () => Number($"{architecture}.context_length", Context),
            () => Number($"{architecture}.embedding_length", Width),
            () => Number($"{architecture}.block_count", Layers),
            () => Number($"{architecture}.feed_forward_length", Inner),
            () => Number($"{architecture}.attention.head_count", Heads),
            () => Number($"{architecture}.attention.head_count_kv", KeyHeads),
            () => Number($"{architecture}.rope.dimension_count", Width / Heads),
            () => Single($"{architecture}.attention.layer_norm_rms_epsilon", 1e-5f),
            () => Text("tokenizer.ggml.model", "llama"),
            () => Many("tokenizer.ggml.tokens", 8, words.Count, () => words.ForEach(w => Characters(w.Text))),
            () => Many("tokenizer.ggml.scores", 6, words.Count, () => words.ForEach(w => file.Write(w.Score))),
            () => Many("tokenizer.ggml.token_type", 5, words.Count, () => words.ForEach(w => file.Write(w.Type))),
            () => Number("tokenizer.ggml.unknown_token_id", 0),
            () => Number("tokenizer.ggml.bos_token_id", 1),
            () => Number("tokenizer.ggml.eos_token_id", 2),
            () => Number("tokenizer.ggml.eot_token_id", (uint)words.Count - 1),
            () => Text("tokenizer.chat_template", "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n"),
        };
        file.Write((ulong)pairs.Count);
        pairs.ForEach(write => write());
        Weights(file, tensors);

        void Characters(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            file.Write((ulong)bytes.Length);
            file.Write(bytes);
        }

        void Key(string key, uint type)
        {
            Characters(key);
            file.Write(type);
        }

        void Text(string key, string value)
        {
            Key(key, 8);
            Characters(value);
        }

        void Number(string key, uint value)
        {
            Key(key, 4);
            file.Write(value);
        }

        void Single(string key, float value)
        {
            Key(key, 6);
            file.Write(value);
        }

        void Many(string key, uint of, int count, Action write)
        {
            Key(key, 9);
            file.Write(of);
            file.Write((ulong)count);
            write();
        }
    }

    private static IEnumerable<(string Name, int[] Shape)> Tensors(int words)
    {
        const int KeyWidth = Width / Heads * KeyHeads;
        yield return ("token_embd.weight", [Width, words]);
        yield return ("output_norm.weight", [Width]);
        yield return ("output.weight", [Width, words]);
        for (var layer = 0; layer < Layers; layer++)
        {
            yield return ($"blk.{layer}.attn_norm.weight", [Width]);
            yield return ($"blk.{layer}.attn_q.weight", [Width, Width]);
            yield return ($"blk.{layer}.attn_k.weight", [Width, KeyWidth]);
            yield return ($"blk.{layer}.attn_v.weight", [Width, KeyWidth]);
            yield return ($"blk.{layer}.attn_output.weight", [Width, Width]);
            yield return ($"blk.{layer}.ffn_norm.weight", [Width]);
            yield return ($"blk.{layer}.ffn_gate.weight", [Width, Inner]);
            yield return ($"blk.{layer}.ffn_up.weight", [Width, Inner]);
            yield return ($"blk.{layer}.ffn_down.weight", [Inner, Width]);
        }
    }

    private static void Weights(BinaryWriter file, List<(string Name, int[] Shape)> tensors)
    {
        var at = 0L;
        foreach (var (name, shape) in tensors)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            file.Write((ulong)bytes.Length);
            file.Write(bytes);
            file.Write((uint)shape.Length);
            foreach (var length in shape) file.Write((ulong)length);
            file.Write(0u);
            file.Write((ulong)at);
            at += Aligned(4L * Count(shape));
        }

        Pad(file);
        var random = new Random(42);
        foreach (var (name, shape) in tensors)
        {
            for (var i = 0; i < Count(shape); i++)
                file.Write(name.Contains("norm", StringComparison.Ordinal) ? 1f : (float)((random.NextDouble() - 0.5) * 0.8));
            Pad(file);
        }
    }

    private static int Count(int[] shape) => shape.Aggregate(1, (all, length) => all * length);

    private static long Aligned(long bytes) => (bytes + 31) / 32 * 32;

    private static void Pad(BinaryWriter file)
    {
        file.Flush();
        while (file.BaseStream.Position % 32 != 0) file.BaseStream.WriteByte(0);
    }
}
