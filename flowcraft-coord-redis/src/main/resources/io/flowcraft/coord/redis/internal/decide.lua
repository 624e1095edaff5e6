-- What a join has come to, nil if nothing yet: JoinSpec.decide, line by line.
-- Rules: L all, E every, A any, N at least count. States: R ready, S skipped, D dead.
local function decide(rule, expected, count, taken, skipped, dead)
  local all = taken + skipped + dead >= expected
  local missed = dead > 0 and 'D' or 'S'
  if rule == 'L' then
    if not all then
      return dead > 0 and 'D' or nil
    end
    return dead > 0 and 'D' or taken > 0 and 'R' or 'S'
  end
  if rule == 'E' then
    if dead > 0 then
      return 'D'
    end
    if not all then
      return nil
    end
    return skipped > 0 and 'S' or 'R'
  end
  if rule == 'A' then
    return taken > 0 and 'R' or all and missed or nil
  end
  if taken >= count then
    return 'R'
  end
  local lost = expected - skipped - dead < count
  return lost and (all or dead > 0) and missed or nil
end
