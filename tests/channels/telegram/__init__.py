"""The Telegram channel: its pure parts alone, the whole over HTTP against `tests.bot_api`."""
