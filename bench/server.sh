# Sourced by the scripts that measure a running server, with $folder set. $server is the running process, if any.
export BENCH_PASSWORD=Bench-1234
server=
trap '[ -z "$server" ] || kill $server' EXIT
mkdir -p "$folder"
dotnet publish Marketplace.Web -c Release -o "$folder/site" -v quiet
dotnet build bench/hub -c Release -v quiet

load() { taskset -c 1 dotnet bench/hub/bin/Release/net10.0/Load.dll "$@"; }

ready() { for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done; exit 1; }

ours() { on "$1" "Data Source=$2"; } # PORT FILE

on() { # PORT CONNECTION
  env ASPNETCORE_ENVIRONMENT=Production Demo__Seed=false Limits__Enabled=false Serilog__MinimumLevel__Default=Warning \
    ConnectionStrings__Marketplace="$2" Files__Path="$folder/files" Admin__Email=jefa@bench.local Admin__Password=$BENCH_PASSWORD Security__AdminSecondFactor=false \
    ${SERVER_ENV:-} taskset -c 0 dotnet "$folder/site/Marketplace.Web.dll" --urls "http://127.0.0.1:$1" --contentRoot "$folder/site" >"$folder/ours.$1.log" 2>&1 &
  server=$!
  ready "$1"
}

stop() { kill $server; wait $server 2>/dev/null || true; server=; }
