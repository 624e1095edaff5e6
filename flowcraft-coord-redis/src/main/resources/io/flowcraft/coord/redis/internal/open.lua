-- ARGV: epoch, sequence, open, parked, failed, time to live, fields that were staged; then records.
-- KEYS[2]: where they were staged. Answers like park.lua; -1 if something of what was staged is missing.
local head = call('HGET', run, HEAD)
if head then
  local epoch, sequence, open, parked, failed = struct.unpack(HEAD_NUMBERS, head)
  local than = epoch - tonumber(ARGV[1])
  if than > 0 or (than == 0 and string.sub(head, 41) ~= mark) then
    return {0}
  end
  if than == 0 then
    return {1, sequence, open, parked, failed, 0}
  end
end
local staged = tonumber(ARGV[7])
if staged > 0 and call('HLEN', KEYS[2]) ~= staged then
  return {-1}
end
call('UNLINK', run)
if staged > 0 then
  call('RENAME', KEYS[2], run)
end
fill(run, 8)
local epoch, sequence, open, parked, failed = tonumber(ARGV[1]), tonumber(ARGV[2]),
  tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
call('HSET', run, HEAD, struct.pack(HEAD_FORMAT, epoch, sequence, open, parked, failed, mark))
call('PEXPIRE', run, ARGV[6])
return {1, sequence, open, parked, failed, 1}
