-- ARGV: epoch, instance, the state it must be in, the state it goes to, time to live.
-- Answers 0 if the run is unknown, else 1, sequence, open, parked, failed, 1 if changed.
local found = redis.call('HMGET', run, HEAD, 'i' .. ARGV[2])
local head = known(found[1], ARGV[1])
if not head then
  return {0}
end
redis.call('PEXPIRE', run, ARGV[5])
if found[2] ~= ARGV[3] then
  return progress(head, 0)
end
head.parked = head.parked + (ARGV[4] == 'P' and 1 or -1)
redis.call('HSET', run, HEAD, print_head(head), 'i' .. ARGV[2], ARGV[4])
return progress(head, 1)
