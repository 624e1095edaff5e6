return redis.call('UNLINK', KEYS[1])
