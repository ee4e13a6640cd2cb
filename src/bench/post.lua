-- Posts each line of a file, one after the other; tells the result as rotate.lua does. After the file and the address,
-- the type of what is posted may be given.
local requests, at, count = {}, 0, 0

function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = args[3] or "application/json"
  for line in io.lines(args[1]) do
    count = count + 1
    requests[count] = wrk.format(nil, args[2], nil, line)
  end
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
