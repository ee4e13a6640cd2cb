-- Posts the body of a file, again and again; tells the result as rotate.lua does.
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  local file = io.open(args[1])
  wrk.body = file:read("*a")
  file:close()
  prepared = wrk.format(nil, args[2])
end

function request()
  return prepared
end

function done(summary, latency, all)
  local e = summary.errors
  print(string.format("RESULT %d %.6f %d %d %d", summary.requests, summary.duration / 1e6, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.timeout + e.status))
end
