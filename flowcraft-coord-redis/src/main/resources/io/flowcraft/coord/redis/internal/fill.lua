-- Writes records of a state, from ARGV[at] on: a letter and what belongs to it.
--   X, O, P instance                    decided, open, parked
--   J target taken skipped dead         a join, and how many edges have arrived
--   A target number edge source state   an edge that has arrived at it
local function fill(key, at)
  local written = {}
  local function write(field, value)
    written[#written + 1] = field
    written[#written + 1] = value
  end
  while at <= #ARGV do
    local letter = ARGV[at]
    if letter == 'J' then
      write('j' .. ARGV[at + 1], struct.pack('>ddd', tonumber(ARGV[at + 2]),
        tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])))
      at = at + 5
    elseif letter == 'A' then
      write(edge_field(ARGV[at + 1], ARGV[at + 3]), '')
      write(arrival_field(ARGV[at + 1], ARGV[at + 2]),
        ARGV[at + 5] .. cmsgpack.pack(ARGV[at + 3], ARGV[at + 4]))
      at = at + 6
    else
      write('i' .. ARGV[at + 1], letter)
      at = at + 2
    end
  end
  put(key, written)
end
