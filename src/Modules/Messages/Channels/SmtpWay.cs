using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Legwork.Messages.Channels;

/// <param name="Tls">By STARTTLS, or from the first byte on port 465; false speaks openly, in a network of one's own.</param>
internal sealed record SmtpSettings(string Host, int Port, bool Tls, string From, string User, string Password);

/// <summary>E-mail by the office's own server. A message whose acceptance was not heard is never sent again by itself.</summary>
internal sealed class SmtpWay(SmtpSettings settings, TimeProvider clock) : IWay
{
    public string Code => MessageRules.Email;

    public bool Repeatable => false;

    public async Task<IReadOnlyList<HandedOver>> Hand(string key, IReadOnlyList<Handing> batch, CancellationToken cancel)
    {
        var done = new List<HandedOver>(batch.Count);
        using var server = new SmtpClient { Timeout = 30_000 };
        foreach (var one in batch)
        {
            if (one.NotAfter <= clock.GetUtcNow()) done.Add(new HandedOver(one.Message, "late", ""));
            else if (await Connected(server, cancel) is { } fault) done.Add(new HandedOver(one.Message, "again", fault));
            else done.Add(await Send(server, one, cancel));
        }
        if (server.IsConnected) await server.DisconnectAsync(quit: true, CancellationToken.None);
        return done;
    }

    /// <returns>Null when it stands; else why not.</returns>
    private async Task<string?> Connected(SmtpClient server, CancellationToken cancel)
    {
        if (server.IsConnected) return null;
        try
        {
            await server.ConnectAsync(settings.Host, settings.Port, !settings.Tls ? SecureSocketOptions.None
                : settings.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls, cancel);
            if (settings.User.Length > 0) await server.AuthenticateAsync(settings.User, settings.Password, cancel);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (server.IsConnected) await server.DisconnectAsync(quit: false, CancellationToken.None);
            return failure.GetType().Name;
        }
    }

    private async Task<HandedOver> Send(SmtpClient server, Handing one, CancellationToken cancel)
    {
        if (!MailboxAddress.TryParse(one.To, out var to)) return new HandedOver(one.Message, "refused", "address");
        to.Name = one.Name;
        using var mail = new MimeMessage([MailboxAddress.Parse(settings.From)], [to], one.Title, new TextPart("plain") { Text = one.Text })
        {
            MessageId = $"{one.Message}@{settings.Host}",
        };
        try
        {
            await server.SendAsync(mail, cancel);
            return new HandedOver(one.Message, "handed", mail.MessageId);
        }
        catch (SmtpCommandException refused)
        {
            // 4xx is for later, 5xx for good; either way the server has said that it did not take it.
            return new HandedOver(one.Message, (int)refused.StatusCode < 500 ? "again" : "refused", $"SMTP {(int)refused.StatusCode}");
        }
        catch (Exception failure) when (failure is ProtocolException or IOException or OperationCanceledException or ServiceNotConnectedException)
        {
            return new HandedOver(one.Message, "unsure", failure.GetType().Name);
        }
    }
}
