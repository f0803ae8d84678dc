using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Legwork.Messages.Channels;

/// <param name="Url">Takes <c>POST {"key","to","text"}</c> and answers 2xx with <c>{"id"}</c>, or 4xx where it takes this one never.</param>
/// <param name="Repeatable">The gateway does nothing twice for one <c>Idempotency-Key</c>.</param>
internal sealed record SmsSettings(Uri Url, string Token, bool Repeatable);

/// <summary>Short messages by a gateway that speaks HTTP.</summary>
internal sealed class SmsGateway(SmsSettings settings, HttpClient http, TimeProvider clock) : IWay
{
    private const int AtOnceMax = 16;
    private const int AnswerBytesMax = 4096;

    public string Code => MessageRules.Sms;

    public bool Repeatable => settings.Repeatable;

    public async Task<IReadOnlyList<HandedOver>> Hand(string key, IReadOnlyList<Handing> batch, CancellationToken cancel)
    {
        var done = new HandedOver[batch.Count];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancel };
        await Parallel.ForEachAsync(Enumerable.Range(0, batch.Count), atOnce, async (at, stop) => done[at] = batch[at].NotAfter <= clock.GetUtcNow()
                ? new HandedOver(batch[at].Message, "late", "") : await Send(batch[at], stop));
        return done;
    }

    private async Task<HandedOver> Send(Handing one, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url)
        {
            Content = JsonContent.Create(new { key = one.Message, to = one.To, text = one.Text }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        request.Headers.Add("Idempotency-Key", one.Message.ToString());
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.IsSuccessStatusCode) return new HandedOver(one.Message, "handed", await Proof(answer, cancel));
            var status = (int)answer.StatusCode;
            return new HandedOver(one.Message, status is 429 or 503 ? "again" : status < 500 ? "refused" : Broken, $"HTTP {status}");
        }
        catch (HttpRequestException failure)
        {
            // Where no line came about, nothing can have been sent.
            return new HandedOver(one.Message, failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError ? "again" : Broken, failure.HttpRequestError.ToString());
        }
        catch (OperationCanceledException)
        {
            return new HandedOver(one.Message, Broken, "no answer");
        }
    }

    private string Broken => Repeatable ? "again" : "unsure";

    private static async Task<string> Proof(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            var bytes = new byte[AnswerBytesMax];
            var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
            using var json = JsonDocument.Parse(bytes.AsMemory(0, read));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id)
                && id.ValueKind is JsonValueKind.String or JsonValueKind.Number && id.ToString() is { Length: <= 64 } named
                && named.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.') ? named : "";
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException or OperationCanceledException)
        {
            // It was taken, whatever its answer says.
            return "";
        }
    }
}
