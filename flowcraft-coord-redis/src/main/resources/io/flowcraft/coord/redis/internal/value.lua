-- Changes a value, once for each call however often it is sent. KEYS: the value, what the call was told.
-- ARGV: INCR, SET or DEL, time to live of what the call was told; then time to live and text of the value.
local told = redis.call('GET', KEYS[2])
if told then
  return tonumber(told)
end
local answer
if ARGV[1] == 'INCR' then
  answer = redis.call('INCR', KEYS[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
elseif ARGV[1] == 'SET' then
  answer = redis.call('SET', KEYS[1], ARGV[4], 'NX', 'PX', ARGV[3]) and 1 or 0
else
  answer = redis.call('DEL', KEYS[1])
end
redis.call('SET', KEYS[2], answer, 'PX', ARGV[2])
return answer
