"""The SQL of the SQLite store: its schema and one statement for each thing it does.

An answered update leaves its number behind, without lane and body, so that the same update is not answered twice.
`begun_by` is the process that has last begun to work on an update, `deaths` how many others had begun before and not
come to its end. All times are seconds since 1970, UTC.
"""

from dataclasses import dataclass

SCHEMA = """
CREATE TABLE IF NOT EXISTS store_key (id INTEGER PRIMARY KEY CHECK (id = 1), fingerprint TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS inbox (
    number INTEGER PRIMARY KEY,
    lane TEXT,
    body BLOB,
    received_at REAL NOT NULL,
    begun_by TEXT,
    deaths INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS inbox_lane ON inbox (lane, number) WHERE lane IS NOT NULL;
CREATE TABLE IF NOT EXISTS sessions (
    conversation TEXT PRIMARY KEY,
    lane TEXT NOT NULL,
    owner TEXT NOT NULL,
    body BLOB NOT NULL,
    touched_at REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_lane ON sessions (lane);
CREATE INDEX IF NOT EXISTS sessions_owner ON sessions (owner);
CREATE INDEX IF NOT EXISTS sessions_touched_at ON sessions (touched_at);
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    update_number INTEGER NOT NULL,
    body BLOB NOT NULL,
    queued_at REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_lane ON outbox (lane, id);
CREATE TABLE IF NOT EXISTS votes (
    entry TEXT NOT NULL,
    vote TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (entry, vote)
) STRICT;
CREATE TABLE IF NOT EXISTS donations (id TEXT PRIMARY KEY, body BLOB NOT NULL, given_at REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
PRAGMA user_version = 2;
"""
#: The layout whose columns are brought up to date.
EARLIER_VERSION = 1

#: What the second layout calls otherwise than the first: table, old name, new name.
RENAMED = (
    ("inbox", "taken_at", "received_at"),
    ("outbox", "letter", "update_number"),
    ("outbox", "posted_at", "queued_at"),
)
#: What the second layout has and the first had not: table, column, its definition.
ADDED = (("inbox", "begun_by", "TEXT"), ("inbox", "deaths", "INTEGER NOT NULL DEFAULT 0"))

READ_KEY = "SELECT fingerprint FROM store_key"
SAVE_KEY = """
INSERT INTO store_key (id, fingerprint) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint
"""

#: A row that differs each time: what is the same is not written.
PROBE = "INSERT INTO probe (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1"

ENQUEUE = "INSERT OR IGNORE INTO inbox (number, lane, body, received_at) VALUES (?, ?, ?, ?)"
#: No flush for it: what dies of an update is the process.
BEGIN = """
UPDATE inbox SET deaths = deaths + (begun_by IS NOT NULL AND begun_by <> :process), begun_by = :process
WHERE number = :number RETURNING deaths
"""
#: The one who had begun it is as well as ever; what others have died of is still counted.
PUT_OFF = "UPDATE inbox SET begun_by = NULL WHERE number = ?"
UPDATES = "SELECT number, body FROM inbox WHERE lane = ? ORDER BY number"
ANSWERED = "UPDATE inbox SET lane = NULL, body = NULL, begun_by = NULL, deaths = 0 WHERE number = ?"

READ = "SELECT body, touched_at FROM sessions WHERE conversation = ?"
SAVE = """
INSERT INTO sessions (conversation, lane, owner, body, touched_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (conversation) DO UPDATE SET
    lane = excluded.lane, owner = excluded.owner, body = excluded.body, touched_at = excluded.touched_at
"""
FORGET = "DELETE FROM sessions WHERE conversation = ?"
OWNED = "SELECT conversation, body, touched_at FROM sessions WHERE owner = ? ORDER BY touched_at"
ERASE_OWNER = "DELETE FROM sessions WHERE owner = ?"

QUEUE = "INSERT INTO outbox (lane, update_number, body, queued_at) VALUES (?, ?, ?, ?) RETURNING id"
MESSAGES = "SELECT id, update_number, body FROM outbox WHERE lane = ? ORDER BY id"
DELIVERED = "DELETE FROM outbox WHERE id = ?"
GIVE_UP = "DELETE FROM outbox WHERE lane = ? AND update_number = ? AND id >= ?"

WAITING_LANES = "SELECT lane FROM inbox WHERE lane IS NOT NULL UNION SELECT lane FROM outbox LIMIT ?"
UPDATES_IN = "SELECT count(*) FROM inbox WHERE lane = ?"
MESSAGES_IN = "SELECT count(*) FROM outbox WHERE lane = ?"
FORGET_LANE = ("DELETE FROM sessions WHERE lane = ?", "DELETE FROM outbox WHERE lane = ?")
FORGET_UPDATES = "UPDATE inbox SET lane = NULL, body = NULL WHERE lane = ? AND number <= ?"
DEPTH = "SELECT (SELECT count(*) FROM inbox WHERE lane IS NOT NULL), (SELECT count(*) FROM outbox)"

COUNT_VOTE = """
INSERT INTO votes (entry, vote, count) VALUES (?, ?, max(?, 0))
ON CONFLICT (entry, vote) DO UPDATE SET count = max(count + ?, 0)
"""
VOTES = "SELECT entry, vote, count FROM votes ORDER BY entry, vote"
DONATE = "INSERT INTO donations (id, body, given_at) VALUES (?, ?, ?)"
DONATIONS = "SELECT id, body FROM donations ORDER BY given_at, id"
WITHDRAW = "DELETE FROM donations WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Times:
    """What is older is deleted; seconds since 1970."""

    sessions: float
    donations: float
    answered: float


DELETE_SESSIONS = "DELETE FROM sessions WHERE touched_at <= ?"
DELETE_UPDATES = "UPDATE inbox SET lane = NULL, body = NULL WHERE lane IS NOT NULL AND received_at <= ?"
DELETE_MESSAGES = "DELETE FROM outbox WHERE queued_at <= ?"
DELETE_DONATIONS = "DELETE FROM donations WHERE given_at <= ?"
DELETE_ANSWERED = "DELETE FROM inbox WHERE lane IS NULL AND received_at <= ?"
