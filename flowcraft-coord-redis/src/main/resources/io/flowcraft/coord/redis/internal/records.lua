-- The most fields of one command: a script's stack is limited.
local MANY = 2000

-- Writes a list of fields and values.
local function put(key, list)
  for from = 1, #list, MANY do
    call('HSET', key, unpack(list, from, math.min(from + MANY - 1, #list)))
  end
end

local function edge_field(target, edge)
  return 'e' .. #target .. ':' .. target .. edge
end

local function arrival_field(target, n)
  return 'a' .. #target .. ':' .. target .. ':' .. n
end
