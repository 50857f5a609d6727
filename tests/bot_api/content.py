"""What people send besides text, and what Telegram itself writes into a chat.

Owns one example of each.
"""

from typing import Any

_FILE = {"file_id": "f", "file_unique_id": "u"}

#: What people send besides text, and what Telegram itself writes into a chat.
CONTENT: dict[str, Any] = {
    "photo": [{**_FILE, "width": 90, "height": 60}],
    "voice": {**_FILE, "duration": 3},
    "audio": {**_FILE, "duration": 3},
    "video": {**_FILE, "width": 90, "height": 60, "duration": 3},
    "video_note": {**_FILE, "length": 240, "duration": 3},
    "animation": {**_FILE, "width": 90, "height": 60, "duration": 3},
    "document": {**_FILE, "file_name": "vertrag.pdf"},
    "sticker": {
        **_FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "location": {"longitude": 10.0, "latitude": 51.0},
    "contact": {"phone_number": "+490000", "first_name": "Kim"},
    "dice": {"emoji": "🎲", "value": 3},
    "poll": {
        "id": "1",
        "question": "Hof?",
        "options": [{"persistent_id": "a", "text": "ja", "voter_count": 0}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    },
    "new_chat_members": [{"id": 77, "is_bot": False, "first_name": "Kim"}],
    "left_chat_member": {"id": 77, "is_bot": False, "first_name": "Kim"},
    "new_chat_title": "Hof",
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "forum_topic_created": {"name": "Hof", "icon_color": 7322096},
}

#: The names in CONTENT that nobody has sent: Telegram tells what has happened in the chat.
SERVICE = frozenset(
    [
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "pinned_message",
        "message_auto_delete_timer_changed",
        "forum_topic_created",
    ]
)
