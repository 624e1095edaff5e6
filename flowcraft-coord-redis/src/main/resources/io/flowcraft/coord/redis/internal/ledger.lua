-- What all scripts on runs share. A run is one hash, so that it is there as a whole or not at all:
--   '.'                the head: epoch, sequence, open, parked, failed as numbers, and a mark
--   'i' instance       'O' open, 'P' parked, 'D' + answer: decided, 'X' decided before the run was opened
--   'j' target         how many edges of each state have arrived at a join that is not decided
--   'e' target edge    there if the edge has arrived; the target with its length in front
--   'a' target number  the arrived edge: its state, edge and source
local run = KEYS[1]
local call = redis.call
local HEAD = '.'
local HEAD_FORMAT = '>dddddc0'
local HEAD_NUMBERS = '>ddddd'

-- Names the history of the data on this server. A replica that takes over begins a new one, and so
-- does a server that starts, so what was written under another mark may be older than what was answered.
local info = call('INFO', 'replication')
local _, before_mark = string.find(info, 'master_replid:', 1, true)
local mark = string.sub(info, before_mark + 1, before_mark + 16)
