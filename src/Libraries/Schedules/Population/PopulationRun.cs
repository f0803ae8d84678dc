using System.Buffers;
using System.Threading.Channels;

namespace Legwork.Schedules.Population;

/// <param name="KeepGoing">Answer a bad line with its refusal instead of giving up the whole file.</param>
/// <param name="Assessed">The day for lines that name none.</param>
internal sealed record PopulationSettings(DateOnly Assessed, bool Explain, bool KeepGoing, int Cores);

/// <param name="Refusals">The first of them, with their lines.</param>
/// <param name="WithUnknown">Patients whose line told a vaccine or an observation that the rules do not know.</param>
internal sealed record PopulationResult(long Patients, long Refused, IReadOnlyList<(long Line, PatientLine Refusal)> Refusals, long WithUnknown);

/// <summary>
/// Walks a file of patients through the engine on several cores: whole lines in pieces of some hundred kilobytes, a bounded number of pieces at once,
/// the answers written in the order of the lines. Memory does not grow with the file.
/// </summary>
internal sealed class PopulationRun(Forecaster forecaster, PopulationSettings settings)
{
    private const int PieceBytes = 256 * 1024;
    private const int LineBytesMax = 4 * 1024 * 1024;
    private const int RefusalsShown = 100;
    private readonly ThreadLocal<(PatientLineReader Reader, ForecastLineWriter Writer)> tools = new(
        () => (new PatientLineReader(), new ForecastLineWriter()), trackAllValues: true);

    public async Task<PopulationResult> Run(Stream input, Stream output)
    {
        var pieces = Channel.CreateBounded<Task<Piece>>(new BoundedChannelOptions(settings.Cores + 2) { SingleReader = true, SingleWriter = true });
        using var free = new SemaphoreSlim(settings.Cores);
        using var given = new CancellationTokenSource();
        var reading = Task.Run(() => Read(input, pieces.Writer, free, given.Token));
        var (patients, refused, unknown, shown) = (0L, 0L, 0L, new List<(long, PatientLine)>());
        try
        {
            await foreach (var working in pieces.Reader.ReadAllAsync())
            {
                var piece = await working;
                patients += piece.Patients;
                unknown += piece.WithUnknown;
                refused += piece.Refused.Count;
                shown.AddRange(piece.Refused.Take(RefusalsShown - shown.Count));
                if (refused == 0 || settings.KeepGoing) await output.WriteAsync(piece.Answers.WrittenMemory);
                piece.Return();
                if (refused >= RefusalsShown && !settings.KeepGoing) break;
            }
        }
        finally
        {
            await given.CancelAsync();
            while (pieces.Reader.TryRead(out var left)) (await left).Return();
        }
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
            // Enough refusals were seen; the rest of the file is of no interest.
        }
        foreach (var (_, writer) in tools.Values) writer.Dispose();
        return new PopulationResult(patients, refused, shown, unknown);
    }

    private async Task Read(Stream input, ChannelWriter<Task<Piece>> pieces, SemaphoreSlim free, CancellationToken given)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var (held, line) = (0, 1L);
        try
        {
            while (true)
            {
                var read = await input.ReadAtLeastAsync(buffer.AsMemory(held), 1, throwOnEndOfStream: false, given);
                held += read;
                if (held == 0) break;
                var end = read == 0 ? held : buffer.AsSpan(0, held).LastIndexOf((byte)'\n') + 1;
                // A short read makes a short piece, which costs little; a line longer than the buffer makes a longer buffer.
                if (end == 0 && held == buffer.Length) buffer = Grow(buffer, line);
                if (end == 0 || read > 0 && held < buffer.Length / 2) continue;
                var next = ArrayPool<byte>.Shared.Rent(PieceBytes);
                if (next.Length < held - end) next = Grow(next, line);
                buffer.AsSpan(end, held - end).CopyTo(next);
                var piece = new Piece(buffer, end, line);
                line += buffer.AsSpan(0, end).Count((byte)'\n');
                await free.WaitAsync(given);
                await pieces.WriteAsync(Task.Run(() => Work(piece, free), CancellationToken.None), given);
                (buffer, held) = (next, held - end);
            }
            pieces.Complete();
        }
        catch (Exception wrong)
        {
            pieces.Complete(wrong is OperationCanceledException ? null : wrong);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer, long line)
    {
        if (buffer.Length >= LineBytesMax)
            throw new InvalidDataException(FormattableString.Invariant($"line {line} or one after it is longer than {LineBytesMax} bytes"));
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private Piece Work(Piece piece, SemaphoreSlim free)
    {
        try
        {
            var (reader, writer) = tools.Value;
            var rest = piece.Bytes.AsSpan(0, piece.Length);
            var line = piece.FirstLine;
            for (; !rest.IsEmpty; line++)
            {
                var end = rest.IndexOf((byte)'\n');
                var one = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
                rest = end < 0 ? [] : rest[(end + 1)..];
                if (line == 1 && one.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) one = one[3..];
                if (one.Trim((byte)' ').IsEmpty) continue;
                var told = reader.Read(one);
                if (told.Patient is { } patient)
                {
                    var forecast = forecaster.Forecast(patient, told.Assessed ?? settings.Assessed, settings.Explain);
                    writer.Write(piece.Answers, told.Id, forecast, settings.Explain);
                    piece.Patients++;
                    if (forecast.HasUnknown) piece.WithUnknown++;
                    continue;
                }
                piece.Refused.Add((line, told));
                if (settings.KeepGoing) writer.WriteRefusal(piece.Answers, line, told);
            }
            return piece;
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Some whole lines on their way through.</summary>
    private sealed class Piece(byte[] bytes, int length, long firstLine)
    {
        public byte[] Bytes { get; } = bytes;
        public int Length { get; } = length;
        public long FirstLine { get; } = firstLine;
        public PooledWriter Answers { get; } = new(4 * PieceBytes);
        public List<(long Line, PatientLine Refusal)> Refused { get; } = [];
        public int Patients { get; set; }
        public int WithUnknown { get; set; }

        public void Return()
        {
            ArrayPool<byte>.Shared.Return(Bytes);
            Answers.Return();
        }
    }
}

/// <summary>A growing buffer out of the shared pool.</summary>
internal sealed class PooledWriter(int capacity) : IBufferWriter<byte>
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int written;

    public ReadOnlyMemory<byte> WrittenMemory => bytes.AsMemory(0, written);

    public void Advance(int count) => written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (bytes.Length - written < Math.Max(sizeHint, 256))
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, written + sizeHint + 256));
            bytes.AsSpan(0, written).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
        return bytes.AsMemory(written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Return()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }
}
