"""What must happen in one step on the Redis server, as Lua.

All keys of a script belong to one lane and carry its name as hash tag, so that a cluster keeps them on one node; only
votes have a key of their own. A script that changes a lane is given the holder's token and does nothing once the lock
bears another: a process that was thought dead and wakes up again writes nothing (fencing).
"""

from dataclasses import dataclass, field
from hashlib import sha1


@dataclass(frozen=True, slots=True)
class Script:
    """A script and the name that the server knows it by."""

    text: str
    sha: str = field(init=False)

    def __post_init__(self) -> None:
        # The server's own name for a script, no protection.
        object.__setattr__(self, "sha", sha1(self.text.encode(), usedforsecurity=False).hexdigest())


#: What a script answers whose caller no longer holds the lane.
LOST = b"LOST"

_ALSO_WHEN_FULL = "#!lua flags=allow-oom\n"
_FENCE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'LOST' end
"""

#: How many other processes have begun to work on an update, by the note of it; this one is noted. The update's session
#: is told along, as it is asked for next.
_BEGIN = """
local function begin(begun, session, number, process, lifetime)
    local before, deaths = string.match(redis.call('HGET', begun, number) or '', '^(%w*):(%d+)$')
    deaths = tonumber(deaths or 0)
    if before and before ~= '' and before ~= process then deaths = deaths + 1 end
    redis.call('HSET', begun, number, process .. ':' .. deaths)
    redis.call('PEXPIRE', begun, lifetime)
    return {tonumber(number), deaths, redis.call('GET', session)}
end
"""

#: What waits, and what was begun: the first update, unless messages are to be delivered before it.
_PENDING = (
    _BEGIN
    + """
local function pending(outbox, inbox, begun, session, process, lifetime)
    local messages, updates = redis.call('HGETALL', outbox), redis.call('HGETALL', inbox)
    local first
    for i = 1, #updates, 2 do
        if not first or tonumber(updates[i]) < tonumber(first) then first = updates[i] end
    end
    local is_due = first and #messages == 0 and process ~= ''
    return {messages, updates, is_due and begin(begun, session, first, process, lifetime) or false}
end
"""
)

#: KEYS inbox answered generation, and ready where it lies on the same server; ARGV lifetime_ms answered_ms lane, then
#: number and body of each update. A new generation tells whoever finds the lane empty that it is not.
ENQUEUE = Script("""
for i = 4, #ARGV, 2 do
    if not redis.call('ZSCORE', KEYS[2], ARGV[i]) then redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
local time = redis.call('TIME')
local generation = time[1] .. string.format('%06d', time[2])
-- A clock that was set back, or that of another server since a failover, makes no earlier one.
local before = tonumber(redis.call('GET', KEYS[3]) or 0)
if before >= tonumber(generation) then generation = string.format('%.0f', before + 1) end
redis.call('SET', KEYS[3], generation, 'PX', 3600000)
if KEYS[4] then redis.call('ZADD', KEYS[4], 'GT', generation, ARGV[3]) end
return generation
""")

#: KEYS lock inbox outbox begun session; ARGV token process lifetime_ms lease_ms. What waits, if nobody else holds the
#: lane; from then on the caller does, also one who did not hear the answer and asks again. Without a process nothing is
#: begun.
#: Also where the server's memory is full: what is delivered and forgotten is what frees it.
ACQUIRE = Script(
    _ALSO_WHEN_FULL
    + _PENDING
    + """
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[4]) and redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return nil
end
return pending(KEYS[3], KEYS[2], KEYS[4], KEYS[5], ARGV[2], ARGV[3])
"""
)

#: KEYS lock; ARGV token lease_ms.
RENEW = Script(_FENCE + "return redis.call('PEXPIRE', KEYS[1], ARGV[2])")

#: KEYS lock inbox outbox begun session; ARGV token process lifetime_ms.
PENDING = Script(
    _ALSO_WHEN_FULL + _FENCE + _PENDING + "return pending(KEYS[3], KEYS[2], KEYS[4], KEYS[5], ARGV[2], ARGV[3])"
)

#: KEYS lock begun session; ARGV token process lifetime_ms number.
BEGIN = Script(_ALSO_WHEN_FULL + _FENCE + _BEGIN + "return begin(KEYS[2], KEYS[3], ARGV[4], ARGV[2], ARGV[3])")

#: KEYS lock begun; ARGV token, then the numbers of updates that are put off: nobody has begun them now, while what
#: others have died of is still counted.
PUT_OFF = Script(
    _ALSO_WHEN_FULL
    + _FENCE
    + """
for i = 2, #ARGV do
    local deaths = string.match(redis.call('HGET', KEYS[2], ARGV[i]) or '', ':(%d+)$')
    if deaths then redis.call('HSET', KEYS[2], ARGV[i], ':' .. deaths) end
end
"""
)

#: KEYS lock inbox outbox generation, and ready where it lies on the same server; ARGV token lane put_off. Nothing if
#: the lane is not ours, -1 if something still waits, -2 if nothing does but so many updates that were put off.
RELEASE = Script("""
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return nil end
redis.call('DEL', KEYS[1])
if redis.call('EXISTS', KEYS[2], KEYS[3]) > 0 then
    local is_put_off = redis.call('EXISTS', KEYS[3]) == 0 and redis.call('HLEN', KEYS[2]) == tonumber(ARGV[3])
    return is_put_off and '-2' or '-1'
end
if KEYS[5] then redis.call('ZREM', KEYS[5], ARGV[2]) end
local time = redis.call('TIME')
return redis.call('GET', KEYS[4]) or (time[1] .. string.format('%06d', time[2]))
""")

#: KEYS ready; ARGV lane generation. The lane has been empty since this generation, unless there is a newer one. For a
#: cluster, where `ready` may lie on another server than the lane.
SETTLE = Script("""
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) <= tonumber(ARGV[2]) then redis.call('ZREM', KEYS[1], ARGV[1]) end
""")

#: KEYS lock inbox answered outbox serial conversations session begun; ARGV token number now_ms lifetime_ms answered_ms
#: mode conversation body also, then the messages' bodies. Mode is keep, forget, erase or none; also are the numbers of
#: later updates that are answered, too, with commas between them. A turn that is saved already (its number has left the
#: inbox) is not saved twice: what it has queued is found by looking into the lane anew.
SAVE = Script(
    _FENCE
    + """
local number, now, lifetime, mode = ARGV[2], ARGV[3], ARGV[4], ARGV[6]
local function answered(numbers)
    for _, each in ipairs(numbers) do redis.call('ZADD', KEYS[3], now, each) end
    redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[5])
    redis.call('PEXPIRE', KEYS[3], ARGV[5])
end
if number ~= '' then
    if redis.call('HDEL', KEYS[2], number) == 0 then return 'LOST' end
    redis.call('HDEL', KEYS[8], number)
    answered({number})
    for each in string.gmatch(ARGV[9], '%d+') do
        redis.call('HDEL', KEYS[2], each)
        redis.call('HDEL', KEYS[8], each)
        answered({each})
    end
end
if mode == 'keep' then
    redis.call('SET', KEYS[7], ARGV[8], 'PX', lifetime)
    redis.call('ZADD', KEYS[6], now, ARGV[7])
    redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', now - lifetime)
    redis.call('PEXPIRE', KEYS[6], lifetime)
elseif mode ~= 'none' then
    redis.call('DEL', KEYS[7])
    redis.call('ZREM', KEYS[6], ARGV[7])
end
if mode == 'erase' then
    for _, each in ipairs(redis.call('HKEYS', KEYS[2])) do
        if number == '' or tonumber(each) <= tonumber(number) then
            redis.call('HDEL', KEYS[2], each)
            answered({each})
        end
    end
    redis.call('DEL', KEYS[4])
end
local ids = {}
for i = 10, #ARGV do
    local id = redis.call('INCR', KEYS[5])
    redis.call('HSET', KEYS[4], id, number .. ':' .. ARGV[i])
    ids[#ids + 1] = id
end
if #ids > 0 then
    redis.call('PEXPIRE', KEYS[4], lifetime)
    redis.call('PEXPIRE', KEYS[5], lifetime)
end
return ids
"""
)

#: KEYS lock inbox answered begun; ARGV token number now_ms answered_ms.
DROP = Script(
    _FENCE
    + """
redis.call('HDEL', KEYS[2], ARGV[2])
redis.call('HDEL', KEYS[4], ARGV[2])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[2])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
"""
)

#: KEYS lock outbox; ARGV token, then ids.
DELIVERED = Script(_FENCE + "for i = 2, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end")

#: KEYS owned; ARGV conversation lane lifetime_ms.
OWN = Script("""#!lua flags=allow-oom
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
""")

#: KEYS lock inbox outbox answered conversations, then sessions; ARGV token now_ms answered_ms number. Updates that came
#: after this number stay.
FORGET = Script(
    _FENCE
    + """
for _, each in ipairs(redis.call('HKEYS', KEYS[2])) do
    if tonumber(each) <= tonumber(ARGV[4]) then
        redis.call('HDEL', KEYS[2], each)
        redis.call('ZADD', KEYS[4], ARGV[2], each)
    end
end
redis.call('PEXPIRE', KEYS[4], ARGV[3])
redis.call('DEL', KEYS[3])
for i = 5, #KEYS do redis.call('DEL', KEYS[i]) end
"""
)

#: KEYS votes; ARGV name amount. A vote that was never counted can be taken back: below zero it would swallow the next.
COUNT_VOTE = Script("""
local count = math.max(0, tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0))
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d', math.max(0, count + tonumber(ARGV[2]))))
""")
