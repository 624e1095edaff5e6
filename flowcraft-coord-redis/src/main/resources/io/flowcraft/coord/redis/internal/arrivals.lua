-- ARGV: epoch, target, from, to. Answers state, edge and source of these arrivals at a join that was too large to
-- be told of at once; nothing if the run is unknown.
local fields = {HEAD}
for i = tonumber(ARGV[3]), tonumber(ARGV[4]) do
  fields[#fields + 1] = arrival_field(ARGV[2], i)
end
local found = call('HMGET', run, unpack(fields))
local head = found[1]
if not head or struct.unpack(HEAD_NUMBERS, head) ~= tonumber(ARGV[1]) or string.sub(head, 41) ~= mark then
  return {}
end
local answer = {}
for i = 2, #fields do
  local edge, source = cmsgpack.unpack(string.sub(found[i], 2))
  answer[#answer + 1] = string.sub(found[i], 1, 1)
  answer[#answer + 1] = edge
  answer[#answer + 1] = source
end
return answer
