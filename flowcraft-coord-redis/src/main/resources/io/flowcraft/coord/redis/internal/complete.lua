-- ARGV: epoch, instance, token, 1 if failed, time to live; then target, edge, spec of each arrival.
-- Answers verdict (0 unknown, 1 won, 2 lost), sequence, open, parked, failed; then of each resolved join
-- target, state, number of taken edges, edge and source of each, number of missed edges, source of each.
local epoch, instance, token = ARGV[1], ARGV[2], ARGV[3]

local function get(fields)
  if #fields <= MANY then
    return redis.call('HMGET', run, unpack(fields))
  end
  local all = {}
  for from = 1, #fields, MANY do
    local some = redis.call('HMGET', run, unpack(fields, from, math.min(from + MANY - 1, #fields)))
    for i = 1, #some do
      all[#all + 1] = some[i]
    end
  end
  return all
end

local function remove(fields)
  for from = 1, #fields, MANY do
    redis.call('HDEL', run, unpack(fields, from, math.min(from + MANY - 1, #fields)))
  end
end

local wanted = {HEAD, 'i' .. instance}
for i = 6, #ARGV, 3 do
  wanted[#wanted + 1] = 'i' .. ARGV[i]
end
local found = get(wanted)
local head = known(found[1], epoch)
if not head then
  return {0}
end

local own = found[2]
local kind = own and string.sub(own, 1, 1)
if kind == 'D' then
  local answer = cmsgpack.unpack(string.sub(own, 2))
  answer[1] = answer[1] == token and 1 or 2
  return answer
end
if kind == 'X' then
  return {2, head.sequence, head.open, head.parked, head.failed}
end
if kind then
  head.open = head.open - 1
end
if kind == 'P' then
  head.parked = head.parked - 1
end
if ARGV[4] == '1' then
  head.failed = head.failed + 1
end

local written = {}
local answer = {1, 0, 0, 0, 0}
local decided = {[instance] = true}

local function add(value)
  answer[#answer + 1] = value
end

local function open(target)
  decided[target] = true
  head.open = head.open + 1
  written[#written + 1] = 'i' .. target
  written[#written + 1] = 'O'
end

-- Tells all edges that have arrived at a join, and forgets them.
local function tell(target, n)
  local fields = {}
  for i = 1, n do
    fields[i] = arrival_field(target, i)
  end
  local arrived = get(fields)
  local missed = {}
  local at = #answer + 1
  local taken = 0
  add(0)
  for i = 1, n do
    local edge, source = cmsgpack.unpack(string.sub(arrived[i], 2))
    fields[#fields + 1] = edge_field(target, edge)
    if string.sub(arrived[i], 1, 1) == 'T' then
      taken = taken + 1
      add(edge)
      add(source)
    else
      missed[#missed + 1] = source
    end
  end
  answer[at] = taken
  add(#missed)
  for i = 1, #missed do
    add(missed[i])
  end
  fields[#fields + 1] = 'j' .. target
  remove(fields)
end

local function arrive(target, edge, spec)
  local state, rule, expected, count = string.match(spec, '^(%u)(%u)(%d+):(%d+)$')
  expected, count = tonumber(expected), tonumber(count)
  local taken, skipped, dead = 0, 0, 0
  if expected ~= 1 then
    if redis.call('HSETNX', run, edge_field(target, edge), '') == 0 then
      return
    end
    local counts = redis.call('HGET', run, 'j' .. target)
    if counts then
      taken, skipped, dead = string.match(counts, '^(%d+) (%d+) (%d+)$')
      taken, skipped, dead = tonumber(taken), tonumber(skipped), tonumber(dead)
    end
  end
  taken = taken + (state == 'T' and 1 or 0)
  skipped = skipped + (state == 'S' and 1 or 0)
  dead = dead + (state == 'D' and 1 or 0)
  local outcome = decide(rule, expected, count, taken, skipped, dead)
  if expected ~= 1 then
    local n = taken + skipped + dead
    redis.call('HSET', run, arrival_field(target, n), state .. cmsgpack.pack(edge, instance),
      'j' .. target, number(taken) .. ' ' .. number(skipped) .. ' ' .. number(dead))
    if outcome then
      add(target)
      add(outcome)
      tell(target, n)
      open(target)
    end
  elseif outcome then
    add(target)
    add(outcome)
    add(taken)
    if taken == 1 then
      add(edge)
      add(instance)
    end
    add(0)
    open(target)
  end
end

for i = 6, #ARGV, 3 do
  local target = ARGV[i]
  if not found[i / 3 + 1] and not decided[target] then
    arrive(target, ARGV[i + 1], ARGV[i + 2])
  end
end

head.sequence = head.sequence + 1
answer[1], answer[2], answer[3], answer[4], answer[5] =
  token, head.sequence, head.open, head.parked, head.failed
written[#written + 1] = 'i' .. instance
written[#written + 1] = 'D' .. cmsgpack.pack(answer)
written[#written + 1] = HEAD
written[#written + 1] = print_head(head)
put(run, written)
redis.call('PEXPIRE', run, ARGV[5])
answer[1] = 1
return answer
