"""Where a person can be reached online: e-mail addresses, user names, links to profiles.

Refuses what belongs to no person: bots, and the services and pages of the services themselves.
"""

from bot.understanding.personal_data.findings import by

#: Starts only where no address goes on, so that a long word is read once and not again from each of its letters.
_LOCAL = r"(?<![\w.+%-])[\w.+-]+"
_OPEN, _CLOSE = r" ?[(\[{<] ?", r" ?[)\]}>] ?"
_DOT = rf"(?: ?\. ?(?=\w{{2,3}}\b)|\.|{_OPEN}(?:dot|punkt|\.){_CLOSE}| (?:dot|punkt) )"

_EMAIL = rf"(?i){_LOCAL}(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{{2,}}"
#: "name (at) firma.de", "name[ät]firma[punkt]de"
_BRACKETED = rf"(?i){_LOCAL}{_OPEN}(?:at|ät|@){_CLOSE}[\w-]+(?:{_DOT}[\w-]+){{1,5}}"
#: "name at firma dot de"
_SPOKEN = rf"(?i){_LOCAL} (?:at|ät|@) [\w-]+(?: (?:dot|punkt) [\w-]+){{1,4}}"
#: "name @ firma.de"
_SPACED = rf"(?i){_LOCAL} ?@ ?[\w-]+(?:\.[\w-]+){{1,4}}"

_SERVICES = "whatsapp|telegram|signal|threema|instagram|facebook|meta|google|apple|twitter|microsoft|tiktok|youtube"
_HANDLE = rf"(?i)(?<![\w@./+-])@(?!\w*bot\b|botfather\b|(?:{_SERVICES}|everyone|channel)\b)[a-z][\w.]{{3,30}}\w"
#: Pages of the services, not of people.
_PAGES = (
    f"{_SERVICES}|about|ads|business|careers|contact|developers?|events|explore|gaming|groups|hashtag|help|home|"
    "intent|joinchat|legal|login|marketplace|news|pages|policies|policy|privacy|proxy|reels?|safety|search|"
    "security|settings|share|sharer|signup|stories|support|terms|watch|addstickers|addlist"
)
_NETWORKS = (
    r"t\.me|telegram\.me|instagram\.com|facebook\.com|fb\.com|fb\.me|twitter\.com|x\.com|tiktok\.com|threads\.net|"
    r"linkedin\.com/in|xing\.com/profile"
)
_PROFILE = (
    rf"(?i)(?<![\w.-])(?:https?://)?(?:(?:www|mobile|m|[a-z]{{2}})\.)?(?:{_NETWORKS})/@?"
    rf"(?!(?:{_PAGES})(?![\w.-])|\w*bot\b)[^\W_][\w.-]{{2,60}}(?:\?id=\d+)?"
)

DETECTORS = (
    by("email", _EMAIL),
    by("email", _BRACKETED),
    by("email", _SPOKEN),
    by("email", _SPACED),
    by("handle", _PROFILE),
    by("handle", _HANDLE),
)
