-- ARGV: time to live.
return redis.call('PEXPIRE', KEYS[1], ARGV[1])
