-- What all scripts on runs share. A run is one hash, so that it is there as a whole or not at all:
--   '.'                          the head: epoch, sequence, open, parked, failed, mark
--   'i' instance                 'O' open, 'P' parked, 'D' + answer: decided, 'X' decided before the run was opened
--   'j' target                   how many edges of each state have arrived at a join that is not decided
--   'e' target edge              there if the edge has arrived; the target with its length in front
--   'a' target number            the arrived edge: its state, edge and source
local run = KEYS[1]
local HEAD = '.'

-- The most fields of one command: a script's stack is limited.
local MANY = 2000

-- Names the history of the data on this server. A replica that takes over begins a new one, and so
-- does a server that starts, so what was written under another mark may be older than what was answered.
local function mark()
  return string.sub(string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)'), 1, 16)
end

local function number(n)
  return string.format('%.0f', n)
end

local function parse(head)
  local epoch, sequence, open, parked, failed, of =
    string.match(head, '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
  return {
    epoch = epoch,
    sequence = tonumber(sequence),
    open = tonumber(open),
    parked = tonumber(parked),
    failed = tonumber(failed),
    mark = of
  }
end

local function print_head(head)
  return head.epoch .. ' ' .. number(head.sequence) .. ' ' .. number(head.open) .. ' ' ..
    number(head.parked) .. ' ' .. number(head.failed) .. ' ' .. head.mark
end

-- The head, if the run is known in that epoch and can't have gone back.
local function known(text, epoch)
  if not text then
    return nil
  end
  local head = parse(text)
  if head.epoch ~= epoch or head.mark ~= mark() then
    return nil
  end
  return head
end

local function progress(head, changed)
  return {1, head.sequence, head.open, head.parked, head.failed, changed}
end

-- Writes a list of fields and values.
local function put(key, pairs_)
  for from = 1, #pairs_, MANY do
    redis.call('HSET', key, unpack(pairs_, from, math.min(from + MANY - 1, #pairs_)))
  end
end

local function edge_field(target, edge)
  return 'e' .. #target .. ':' .. target .. edge
end

local function arrival_field(target, n)
  return 'a' .. #target .. ':' .. target .. number(n)
end
