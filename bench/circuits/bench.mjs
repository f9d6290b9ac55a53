// bench.mjs SITE PID MODE: memory | talk | wall | leaks, over rooms that bench/circuits/run has seeded.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Circuit, signIn } from './circuit.mjs';
import { many, number, pause, percentile, uuid } from './common.mjs';

const [site, pid, mode, path = ''] = process.argv.slice(2);
const status = () => readFileSync(`/proc/${pid}/status`, 'utf8');
const rss = () => Number(/VmRSS:\s+(\d+)/.exec(status())[1]);
const cpu = () => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' '); return (Number(f[11]) + Number(f[12])) / 100; };
const cookies = new Map();
const person = async (n) => {
  if (!cookies.has(n)) cookies.set(n, await signIn(site, `p${n}@bench.local`, process.env.BENCH_PASSWORD));
  return cookies.get(n);
};

async function settled() {
  for (let last = 0, now = rss(); Math.abs(now - last) > 300; now = rss()) { last = now; await pause(3000); }
  return rss();
}

async function memory() {
  const page = async () => {
    const cookie = path ? '' : await person(1);
    const circuit = new Circuit(site, path || `/messages/${number('OPEN', 1)}`, cookie);
    const live = circuit.open();
    if (path) { while (!circuit.batches) await pause(20); } else await live;
    return circuit;
  };
  if (!path) await person(1);
  const open = await many(number('FEW', 250), page);
  const few = await settled();
  const start = Date.now();
  open.push(...(await many(number('MORE', 500), page)));
  const took = (Date.now() - start) / 1000;
  const more = await settled();
  console.log(`memory ${path || '/messages'}: ${((more - few) / number('MORE', 500)).toFixed(0)} KiB per open page (${few >> 10} → ${more >> 10} MiB), ${(number('MORE', 500) / took).toFixed(0)} opens/s`);
}

// Pages in pairs, each of which sends to the other.
async function pairs(rate) {
  const rooms = number('CIRCUITS', 2000) / 2;
  const talk = { sent: new Map(), latencies: [], next: 0 };
  const onBatch = (owner) => (batch) => {
    const text = Buffer.from(batch).toString('latin1');
    for (const [, token] of text.matchAll(/#([0-9a-z]+)#/g)) {
      const entry = talk.sent.get(token);
      if (!entry || entry.from === owner || entry.seen) continue;
      entry.seen = true;
      talk.latencies.push(performance.now() - entry.at);
    }
  };
  const circuits = (talk.circuits = await many(rooms * 2, async (i) => {
    const n = i + 1;
    const circuit = new Circuit(site, `/messages/${Math.ceil(n / 2)}`, await person(n), { onBatch: onBatch(n) });
    circuit.n = n;
    await circuit.open();
    return circuit;
  }));
  console.log(`${circuits.length} circuits open, RSS ${rss() >> 10} MiB`);
  talk.drawn = () => circuits.reduce((sum, circuit) => sum + circuit.batches, 0);
  talk.lost = (first) => [...talk.sent.entries()].filter(([token, e]) => parseInt(token, 36) >= first && !e.seen).length;
  talk.offer = async (duration) => {
    const start = performance.now();
    for (let due = 0; performance.now() - start < duration * 1000; await pause(1))
      for (; due <= performance.now() - start; due += (-Math.log(1 - Math.random()) * 1000) / rate) {
        const circuit = circuits[Math.floor(Math.random() * circuits.length)];
        const token = (talk.next++).toString(36);
        talk.sent.set(token, { from: circuit.n, at: performance.now() });
        circuit.send(uuid(), `Hola, ¿sigue disponible la bicicleta? Podemos quedar mañana por la tarde. #${token}#`);
      }
  };
  return talk;
}

async function talk() {
  const [rate, seconds] = [number('RATE', 200), number('DURATION', 60)];
  const talk = await pairs(rate);
  const { latencies } = talk;
  await talk.offer(number('WARM', 30));
  latencies.length = 0;
  // The load generator's own delay, included in each figure.
  const late = monitorEventLoopDelay({ resolution: 1 });
  late.enable();
  const [first, before, batches] = [talk.next, cpu(), talk.drawn()];
  for (let s = 0; s < seconds; s += 10) { await talk.offer(Math.min(10, seconds - s)); console.log(`  ${s + 10} s: RSS ${rss() >> 10} MiB`); }
  const used = cpu() - before;
  await pause(2000);
  latencies.sort((a, b) => a - b);
  const count = talk.next - first;
  console.log(`talk: ${talk.circuits.length} circuits, ${rate}/s, p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p99 ${percentile(latencies, 0.99).toFixed(1)} ms, max ${latencies.at(-1).toFixed(0)} ms, lost ${talk.lost(first)} of ${count}, CPU ${((used * 1e6) / count).toFixed(0)} µs/message, ${((talk.drawn() - batches) / count).toFixed(1)} batches a message; the load itself: p99 ${(late.percentile(99) / 1e6).toFixed(1)} ms, max ${(late.max / 1e6).toFixed(0)} ms late`);
}

// The same talk without and with administrators' walls, in turn.
async function wall() {
  const [rate, seconds, count] = [number('RATE', 200), number('DURATION', 30), number('WALLS', 20)];
  const talk = await pairs(rate);
  const chief = await signIn(site, 'jefa@bench.local', process.env.BENCH_PASSWORD);
  await talk.offer(number('WARM', 60));
  for (let pair = 0; pair < number('PAIRS', 2); pair++)
    for (const walls of [0, count]) {
      const open = await many(walls, async () => {
        const circuit = new Circuit(site, '/admin/wall', chief);
        await circuit.watch('Fraud');
        return circuit;
      });
      await talk.offer(5);
      const drawn = () => open.reduce((sum, circuit) => sum + circuit.batches, 0);
      const [first, before, batches] = [talk.next, cpu(), drawn()];
      talk.latencies.length = 0;
      await talk.offer(seconds);
      const used = cpu() - before;
      const redraws = (drawn() - batches) / seconds;
      await pause(2000);
      const sorted = talk.latencies.sort((a, b) => a - b);
      console.log(`${walls} walls: ${talk.circuits.length} pages, ${rate}/s, p50 ${percentile(sorted, 0.5).toFixed(1)} ms, p99 ${percentile(sorted, 0.99).toFixed(1)} ms, max ${sorted.at(-1).toFixed(0)} ms, lost ${talk.lost(first)} of ${talk.next - first}, CPU ${((used * 1e6) / (talk.next - first)).toFixed(0)} µs/message, ${redraws.toFixed(1)} redraws/s of all walls`);
      await Promise.all(open.map((circuit) => circuit.close()));
    }
}

async function leaks() {
  await person(1);
  const one = async () => { const c = new Circuit(site, '/messages/1', await person(1)); await c.open(); await c.close(); };
  await many(1000, one, 16);
  const first = await settled();
  await many(number('OPENS', 10000), one, 16);
  console.log(`leaks: ${first >> 10} MiB after 1,000 opens and closes, ${(await settled()) >> 10} MiB after ${number('OPENS', 10000)} more`);
}

await { memory, talk, wall, leaks }[mode]();
process.exit(0);
