-- Writes a part of a large state beside the run. ARGV: time to live; then records.
fill(run, 2)
call('PEXPIRE', run, ARGV[1])
return 1
