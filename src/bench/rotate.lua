-- Asks for the addresses of a file one after the other, from a place of its own for each thread, and tells the result
-- on one line: requests, seconds, p50 and p99 in microseconds, errors.
local requests, at, count = {}, 0, 0

function init(args)
  local headers = {}
  for i = 2, #args do
    local name, value = args[i]:match("^([^:]+): *(.*)$")
    headers[name] = value
  end
  for line in io.lines(args[1]) do
    local path, tag = line:match("^(%S+)%s*(%S*)$")
    local all = headers
    if tag ~= "" then
      all = {["If-None-Match"] = tag}
    end
    count = count + 1
    requests[count] = wrk.format("GET", path, all)
  end
  math.randomseed(os.time())
  at = math.random(count)
end

function request()
  at = at % count + 1
  return requests[at]
end

function done(summary, latency, all)
  local e = summary.errors
  print(string.format("RESULT %d %.6f %d %d %d", summary.requests, summary.duration / 1e6, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.timeout + e.status))
end
