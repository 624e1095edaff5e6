-- ARGV: epoch, sequence, open, parked, failed, time to live, fields that were staged; then records.
-- KEYS[2]: where they were staged. Answers like park.lua; -1 if something of what was staged is missing.
local head = redis.call('HGET', run, HEAD)
if head then
  local there = parse(head)
  local than = tonumber(there.epoch) - tonumber(ARGV[1])
  if than > 0 or (than == 0 and there.mark ~= mark()) then
    return {0}
  end
  if than == 0 then
    return progress(there, 0)
  end
end
local staged = tonumber(ARGV[7])
if staged > 0 and redis.call('HLEN', KEYS[2]) ~= staged then
  return {-1}
end
redis.call('UNLINK', run)
if staged > 0 then
  redis.call('RENAME', KEYS[2], run)
end
fill(run, 8)
local opened = {
  epoch = ARGV[1],
  sequence = tonumber(ARGV[2]),
  open = tonumber(ARGV[3]),
  parked = tonumber(ARGV[4]),
  failed = tonumber(ARGV[5]),
  mark = mark()
}
redis.call('HSET', run, HEAD, print_head(opened))
redis.call('PEXPIRE', run, ARGV[6])
return progress(opened, 1)
