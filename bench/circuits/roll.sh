# Sourced by bench/circuits/run: a broker, two nodes and the proxy as it is delivered, then the load. Needs redis-server,
# haproxy and openssl.
keep() { # PORT: a node that is started again whenever it ends, as by a service manager
  server=
  trap '[ -z "$server" ] || kill $server; exit' TERM
  trap - EXIT
  while :; do
    SERVER_ENV="Relay__Redis=127.0.0.1:5189 Proxy__Addresses__0=127.0.0.1 ${SERVER_ENV:-}" ours "$1" "$folder/run.db"
    echo $server >"$folder/$1.next"; mv "$folder/$1.next" "$folder/$1.pid"
    wait $server || echo "  the node at $1 ended with $?"
  done
}

parts=
trap 'kill $parts 2>/dev/null; wait' EXIT
redis-server --port 5189 --bind 127.0.0.1 --save "" --appendonly no --loglevel warning & parts=$!
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$folder/site.key" -out "$folder/site.crt" 2>/dev/null
cat "$folder/site.crt" "$folder/site.key" >"$folder/site.pem"
rm -f "$folder"/*.pid
for port in 5195 5198; do keep $port & parts="$parts $!"; until [ -f "$folder/$port.pid" ]; do sleep 0.2; done; done
BIND="127.0.0.1:5199 ssl crt $folder/site.pem alpn h2,http/1.1" BIND_PLAIN=127.0.0.1:5194 SITE_1=127.0.0.1:5195 SITE_2=127.0.0.1:5198 \
  taskset -c 1 /usr/sbin/haproxy -db -f deploy/haproxy.cfg 2>"$folder/haproxy.log" & parts="$parts $!"
ready 5199
sleep 3
NODE_TLS_REJECT_UNAUTHORIZED=0 NODE_NO_WARNINGS=1 taskset -c 1 node bench/circuits/roll.mjs https://127.0.0.1:5199 \
  "http://127.0.0.1:5195=$folder/5195.pid" "http://127.0.0.1:5198=$folder/5198.pid"
