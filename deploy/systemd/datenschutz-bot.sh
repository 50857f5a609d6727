#!/bin/sh
# The bot's commands for root on a machine with systemd, with the store and the secrets that its units have. Installed as
# /usr/local/sbin/datenschutz-bot.
set -eu
settings=/etc/datenschutz-bot/settings
secrets=/etc/datenschutz-bot/secrets

# What the settings say of a variable, without quotes.
setting() {
    sed -n "s/^$1=//p" "$settings" | tail -n 1 | sed 's/^"\(.*\)"$/\1/'
}

BOT_STORE=$(setting BOT_STORE)
BOT_BACKUP_HOURS=$(setting BOT_BACKUP_HOURS)
BOT_KNOWLEDGE=$(setting BOT_KNOWLEDGE)
export BOT_STORE="${BOT_STORE:-sqlite:////var/lib/datenschutz-bot/bot.sqlite3}" BOT_BACKUP_HOURS BOT_KNOWLEDGE
export BOT_STORE_KEY_FILE="$secrets/store-key" TELEGRAM_BOT_TOKEN_FILE="$secrets/telegram-bot-token"
# Nothing of root's beside the program's own files.
export PYTHONDONTWRITEBYTECODE=1
exec /usr/local/lib/datenschutz-bot/current/bin/datenschutz-bot "$@"
