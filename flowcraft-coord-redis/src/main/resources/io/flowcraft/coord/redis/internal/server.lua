-- What the server says about itself, for the check at the start.
return redis.call('INFO', 'replication') .. redis.call('INFO', 'memory') .. redis.call('INFO', 'server')
