"""What Telegram says of the bot, judged."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from bot.channels.telegram import Profile, TelegramConfig, TelegramUnavailable
from bot.channels.telegram.inspection import Delivery, DeliveryFault, Inspection, inspect
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.knowledge.phrases import Bilingual

#: Times of messages and of what expires are compared with the clock; certificates, too.
_SKEW_SECONDS = 10
_BAD_SKEW_SECONDS = 300
_MANY_PENDING = 100
_FAULTS: Mapping[DeliveryFault, Bilingual] = {
    "refused": Bilingual("niemand nimmt die Verbindung an", "nobody accepts the connection"),
    "timeout": Bilingual("die Antwort kommt zu spät", "the answer comes too late"),
    "certificate": Bilingual("das Zertifikat gilt nicht", "the certificate is not valid"),
    "tls": Bilingual("TLS kommt nicht zustande", "TLS cannot be set up"),
    "name": Bilingual("der Name hat keine Adresse im DNS", "the name has no address in the DNS"),
    "unreachable": Bilingual("das Netz ist nicht erreichbar", "the network cannot be reached"),
    "closed": Bilingual("die Verbindung bricht ab", "the connection breaks"),
    "status": Bilingual("die Antwort war {status}", "the answer was {status}"),
    "reserved": Bilingual("die Adresse ist nicht öffentlich", "the address is not public"),
    "other": Bilingual("ein Grund, den dieser Bot nicht kennt", "for a reason that this bot does not know"),
}
_PROXY_ADVICE = Bilingual("Reverse-Proxy und Log des Bots ansehen", "look at the reverse proxy and the bot's log")


async def ask(token: str, api_base_url: str, *, listen: bool) -> Inspection | Finding:
    """What Telegram says, or why it does not."""
    try:
        return await inspect(TelegramConfig(token, Profile("de", {}), api_base_url), listen=listen)
    except TelegramUnavailable as error:
        return fail("telegram", Bilingual(str(error), str(error)))


def examine(told: Inspection, webhook_url: str | None, *, is_running: bool) -> Sequence[Finding]:
    """Judge it. `webhook_url`: what is set here, None for long polling; `is_running`: a bot runs here."""
    way = _webhook(told, webhook_url, is_running) if webhook_url else _polling(told, is_running)
    return [
        ok("token", f"@{told.username}", f"@{told.username}"),
        *way,
        *_pending(told),
        _clock(told.clock_seconds),
        _inline(told),
        _groups(told),
    ]


def _webhook(told: Inspection, wanted: str, is_running: bool) -> Sequence[Finding]:
    if told.webhook_url == wanted:
        return [ok("webhook", "gesetzt wie eingestellt", "as it is set here"), *_failed(told.failed)]
    if is_running:
        shown = _host(told.webhook_url)
        text = Bilingual(f"der Bot läuft, aber Telegram ruft {shown}", f"the bot runs, but Telegram calls {shown}")
        return [fail("webhook", text, Bilingual("den Bot neu starten", "restart the bot"))]
    return [_foreign(told)] if told.webhook_url else [_not_yet()]


def _not_yet() -> Finding:
    return ok("webhook", "noch keiner; der Bot setzt ihn beim Start", "none yet; the bot sets it when it starts")


def _foreign(told: Inspection) -> Finding:
    shown = _host(told.webhook_url)
    return warn(
        "webhook",
        Bilingual(
            f"Telegram ruft bisher {shown}; der Start ändert das", f"Telegram calls {shown}; the start changes that"
        ),
        Bilingual("sicher sein, dass dort kein anderer Bot läuft", "be sure that no other bot runs there"),
    )


def _failed(failed: Delivery | None) -> Sequence[Finding]:
    if failed is None:
        return []
    why = _FAULTS[failed.fault]
    at = f"{failed.at:%Y-%m-%d %H:%M} UTC" if failed.at else "?"
    text = Bilingual(
        f"zuletzt nicht zugestellt {at}: {why.de.format(status=failed.status)}",
        f"last not delivered {at}: {why.en.format(status=failed.status)}",
    )
    return [warn("webhook", text, _PROXY_ADVICE)]


def _polling(told: Inspection, is_running: bool) -> Sequence[Finding]:
    if told.webhook_url:
        shown = _host(told.webhook_url)
        if not is_running:
            return [_foreign(told)]
        text = Bilingual(
            f"der Bot läuft, aber Telegram liefert an {shown}", f"the bot runs, but Telegram delivers to {shown}"
        )
        return [
            fail(
                "polling",
                text,
                Bilingual("den anderen Bot beenden, diesen neu starten", "end the other bot, restart this one"),
            )
        ]
    if told.is_polled_elsewhere:
        text = Bilingual(
            "ein anderer Prozess holt mit diesem Token Nachrichten", "another process fetches updates with this token"
        )
        return [fail("polling", text, Bilingual("ihn beenden, oder den Token erneuern", "end it, or renew the token"))]
    return [ok("polling", "kein Webhook steht im Weg", "no webhook is in the way")]


def _pending(told: Inspection) -> Sequence[Finding]:
    if told.pending < _MANY_PENDING:
        return []
    text = Bilingual(f"{told.pending} Nachrichten warten bei Telegram", f"{told.pending} updates wait at Telegram")
    return [
        warn("pending", text, Bilingual("sie werden nach dem Start beantwortet", "they are answered after the start"))
    ]


def _clock(seconds: float | None) -> Finding:
    if seconds is None:
        return ok("clock", "Telegram hat keine Uhrzeit genannt", "Telegram told no time")
    told = f"{round(seconds):+d} s"
    text = Bilingual(f"{told} gegen Telegram", f"{told} against Telegram's")
    advice = Bilingual("Zeitabgleich (NTP) einschalten", "switch time synchronisation (NTP) on")
    if abs(seconds) > _BAD_SKEW_SECONDS:
        return fail("clock", text, advice)
    return warn("clock", text, advice) if abs(seconds) > _SKEW_SECONDS else ok("clock", text.de, text.en)


def _inline(told: Inspection) -> Finding:
    if told.is_inline:
        return ok("inline", "Inline-Modus an", "inline mode on")
    return warn(
        "inline",
        Bilingual("Inline-Modus aus", "inline mode off"),
        Bilingual("bei @BotFather /setinline, falls gewünscht", "/setinline at @BotFather, if it is wanted"),
    )


def _groups(told: Inspection) -> Finding:
    if not told.reads_groups:
        return ok("groups", "sieht in Gruppen nur, was an ihn geht", "sees in groups only what is for it")
    return warn(
        "groups",
        Bilingual("bekommt alle Nachrichten seiner Gruppen", "is sent all messages of its groups"),
        Bilingual(
            "bei @BotFather /setprivacy einschalten: mehr braucht er nicht (Art. 5 Abs. 1 Buchst. c DSGVO)",
            "switch /setprivacy on at @BotFather: it needs no more (Art. 5(1)(c) GDPR)",
        ),
    )


def _host(url: str) -> str:
    """Of an address that may hold a secret in its path."""
    return urlsplit(url).hostname or "?"
