-- ARGV: epoch, instance, the state it must be in, the state it goes to, time to live.
-- Answers 0 if the run is unknown, else 1, sequence, open, parked, failed, 1 if changed.
local found = call('HMGET', run, HEAD, 'i' .. ARGV[2])
local head = found[1]
if not head then
  return {0}
end
local epoch, sequence, open, parked, failed = struct.unpack(HEAD_NUMBERS, head)
if epoch ~= tonumber(ARGV[1]) or string.sub(head, 41) ~= mark then
  return {0}
end
call('PEXPIRE', run, ARGV[5])
if found[2] ~= ARGV[3] then
  return {1, sequence, open, parked, failed, 0}
end
parked = parked + (ARGV[4] == 'P' and 1 or -1)
call('HSET', run, HEAD, struct.pack(HEAD_FORMAT, epoch, sequence, open, parked, failed, mark),
  'i' .. ARGV[2], ARGV[4])
return {1, sequence, open, parked, failed, 1}
