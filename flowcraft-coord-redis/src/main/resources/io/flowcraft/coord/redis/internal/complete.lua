-- ARGV: epoch, instance, token, 1 if failed, time to live; then target, edge, spec of each arrival.
-- Answers verdict (0 unknown, 1 won, 2 lost), sequence, open, parked, failed; then of each resolved join
-- target, state, number of taken edges, edge and source of each, number of missed edges, source of each;
-- of a very large join target, state and minus the number of its edges, which arrivals.lua tells.
local instance, token, last = ARGV[2], ARGV[3], #ARGV

local function get(fields)
  if #fields <= MANY then
    return call('HMGET', run, unpack(fields))
  end
  local all = {}
  for from = 1, #fields, MANY do
    local some = call('HMGET', run, unpack(fields, from, math.min(from + MANY - 1, #fields)))
    for i = 1, #some do
      all[#all + 1] = some[i]
    end
  end
  return all
end

local found
if last == 8 then
  found = call('HMGET', run, HEAD, 'i' .. instance, 'i' .. ARGV[6])
else
  local wanted = {HEAD, 'i' .. instance}
  for i = 6, last, 3 do
    wanted[#wanted + 1] = 'i' .. ARGV[i]
  end
  found = get(wanted)
end
local head = found[1]
if not head then
  return {0}
end
local epoch, sequence, open, parked, failed = struct.unpack(HEAD_NUMBERS, head)
if epoch ~= tonumber(ARGV[1]) or string.sub(head, 41) ~= mark then
  return {0}
end

local own = found[2]
if own == 'O' then
  open = open - 1
elseif own == 'P' then
  open = open - 1
  parked = parked - 1
elseif own == 'X' then
  return {2, sequence, open, parked, failed}
elseif own then
  local answer = cmsgpack.unpack(string.sub(own, 2))
  answer[1] = answer[1] == token and 1 or 2
  return answer
end
if ARGV[4] == '1' then
  failed = failed + 1
end
sequence = sequence + 1

local answer = {token, sequence, open, parked, failed}
local size = 5
local opened

-- Tells all edges that have arrived at a join, and forgets them, unless there are so many that it
-- would hold up everybody else.
local function tell(target, n)
  if n > MANY then
    answer[size + 1] = -n
    size = size + 1
    return
  end
  local fields = {}
  for i = 1, n do
    fields[i] = arrival_field(target, i)
  end
  local arrived = get(fields)
  local missed = {}
  local at = size + 1
  size = at
  for i = 1, n do
    local edge, source = cmsgpack.unpack(string.sub(arrived[i], 2))
    fields[#fields + 1] = edge_field(target, edge)
    if string.sub(arrived[i], 1, 1) == 'T' then
      answer[size + 1] = edge
      answer[size + 2] = source
      size = size + 2
    else
      missed[#missed + 1] = source
    end
  end
  answer[at] = (size - at) / 2
  answer[size + 1] = #missed
  size = size + 1
  for i = 1, #missed do
    answer[size + i] = missed[i]
  end
  size = size + #missed
  fields[#fields + 1] = 'j' .. target
  for from = 1, #fields, MANY do
    call('HDEL', run, unpack(fields, from, math.min(from + MANY - 1, #fields)))
  end
end

-- What becomes of a join by one more edge, nil if nothing; and how many have arrived.
local function arrive(target, edge, spec)
  local state, rule, expected, count = string.match(spec, '^(%u)(%u)(%d+):(%d+)$')
  expected, count = tonumber(expected), tonumber(count)
  local taken, skipped, dead = 0, 0, 0
  if expected ~= 1 then
    if call('HSETNX', run, edge_field(target, edge), '') == 0 then
      return nil
    end
    local counts = call('HGET', run, 'j' .. target)
    if counts then
      taken, skipped, dead = struct.unpack('>ddd', counts)
    end
  end
  if state == 'T' then
    taken = taken + 1
  elseif state == 'S' then
    skipped = skipped + 1
  else
    dead = dead + 1
  end
  local n = taken + skipped + dead
  if expected ~= 1 then
    call('HSET', run, arrival_field(target, n), state .. cmsgpack.pack(edge, instance),
      'j' .. target, struct.pack('>ddd', taken, skipped, dead))
  end
  local outcome = decide(rule, expected, count, taken, skipped, dead)
  if outcome then
    answer[size + 1] = target
    answer[size + 2] = outcome
    size = size + 2
    if expected ~= 1 then
      tell(target, n)
    elseif taken == 1 then
      answer[size + 1], answer[size + 2], answer[size + 3], answer[size + 4] = 1, edge, instance, 0
      size = size + 4
    else
      answer[size + 1], answer[size + 2] = 0, 0
      size = size + 2
    end
  end
  return outcome
end

for i = 6, last, 3 do
  local target = ARGV[i]
  if not found[i / 3 + 1] and target ~= instance and not (opened and opened[target]) then
    local outcome
    if ARGV[i + 2] == 'T' then
      -- Taken, and the only edge to its target: nearly all edges.
      answer[size + 1], answer[size + 2], answer[size + 3] = target, 'R', 1
      answer[size + 4], answer[size + 5], answer[size + 6] = ARGV[i + 1], instance, 0
      size = size + 6
      outcome = true
    else
      outcome = arrive(target, ARGV[i + 1], ARGV[i + 2])
    end
    if outcome then
      opened = opened or {}
      opened[target] = true
      open = open + 1
    end
  end
end

answer[3] = open
local decided = 'D' .. cmsgpack.pack(answer)
local after = struct.pack(HEAD_FORMAT, epoch, sequence, open, parked, failed, mark)
if not opened then
  call('HSET', run, HEAD, after, 'i' .. instance, decided)
elseif last == 8 then
  call('HSET', run, HEAD, after, 'i' .. instance, decided, 'i' .. ARGV[6], 'O')
else
  local written = {HEAD, after, 'i' .. instance, decided}
  for target in pairs(opened) do
    written[#written + 1] = 'i' .. target
    written[#written + 1] = 'O'
  end
  put(run, written)
end
call('PEXPIRE', run, ARGV[5])
answer[1] = 1
return answer
