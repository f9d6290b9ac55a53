// roll.mjs SITE NODE…: replaces two nodes behind their proxy, one after the other, while pages are open and write.
// A NODE is ADDRESS=FILE, the file with the id of the process that listens there; whoever ends is started again.
import { readFileSync } from 'node:fs';
import { Circuit, signIn, withNew } from './circuit.mjs';
import { many, number, pause, percentile, uuid } from './common.mjs';

const [site, ...nodes] = process.argv.slice(2);
const [count, rate] = [number('CIRCUITS', 200), number('RATE', 50)];
const text = (token) => `Hola, ¿sigue disponible la bicicleta? Podemos quedar mañana por la tarde. #${token}#`;

class Page {
  constructor(n) {
    Object.assign(this, { n, room: Math.ceil(n / 2), outbox: new Map(), returns: [], faults: [], refusals: 0, cuts: 0 });
  }

  async enter() {
    this.cookie = await signIn(site, `p${this.n}@bench.local`, process.env.BENCH_PASSWORD);
    await this.open();
    this.draft = `Borrador de ${this.n}`;
    await this.circuit.draft(this.draft);
  }

  async open() {
    const circuit = new Circuit(site, `/messages/${this.room}`, this.cookie, { onLeave: (left) => this.leave(left) });
    const live = circuit.open();
    live.catch(() => {});
    await Promise.race([live, pause(60_000).then(() => { throw new Error('The page did not come alive.'); })]);
    [this.circuit, this.cookie] = [circuit, circuit.cookie];
    circuit.hub.onclose(() => { if (this.circuit === circuit && !this.isAway) { this.cuts++; this.goOn(); } });
    for (const id of this.outbox.keys()) this.send(id);
  }

  // As ReconnectNotice.razor.js: at a random moment of the first four fifths, and not while a message waits.
  async leave(left) {
    const latest = Date.now() + left * 900;
    await pause(Math.random() * left * 800);
    while (this.outbox.size && Date.now() < latest) await pause(300);
    await this.goOn();
  }

  async goOn() {
    if (this.isAway) return;
    this.isAway = true;
    const [start, before] = [performance.now(), this.circuit];
    for (;;)
      try {
        const answer = await fetch(`${site}/health/live`, { headers: { cookie: this.cookie } });
        this.cookie = withNew(this.cookie, answer);
        if (answer.ok) break;
      } catch {
        await pause(1000);
      }
    before.close().catch(() => {});
    try {
      await this.open();
      this.returns.push(performance.now() - start);
      if (!this.circuit.html.includes(this.draft)) this.faults.push('came back without its draft');
    } catch (error) {
      this.faults.push(error.message);
    }
    this.isAway = false;
  }

  write(token) {
    const id = uuid();
    this.outbox.set(id, text(token));
    if (!this.isAway) this.send(id);
  }

  // As the outbox of a page: the same id until the server says that it is stored.
  async send(id) {
    const { success, result } = await this.circuit.send(id, this.outbox.get(id));
    if (success && !JSON.parse(result).refused) return this.outbox.delete(id);
    this.refusals++;
    await pause(1000);
    if (!this.isAway && this.outbox.has(id)) this.send(id);
  }
}

const pages = await many(count, async (i) => {
  const page = new Page(i + 1);
  await page.enter();
  return page;
});
console.log(`${pages.length} pages open`);
let [sent, isOver] = [0, false];
const writing = (async () => {
  const start = performance.now();
  for (let due = 0; !isOver; await pause(1))
    for (; due <= performance.now() - start; due += (-Math.log(1 - Math.random()) * 1000) / rate)
      pages[Math.floor(Math.random() * pages.length)].write((sent++).toString(36));
})();
await pause(number('WARM', 10) * 1000);
for (const node of nodes) {
  const [address, file] = node.split('=');
  const [id, start] = [readFileSync(file, 'utf8'), performance.now()];
  process.kill(Number(id), 'SIGTERM');
  while (readFileSync(file, 'utf8') === id) await pause(100);
  while (!(await fetch(`${address}/health/ready`).then((answer) => answer.status === 200, () => false))) await pause(200);
  console.log(`  ${address} replaced in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  // Two checks of the proxy.
  await pause(3000);
}
isOver = true;
await writing;
while (pages.some((page) => page.isAway || page.outbox.size)) await pause(100);

const stored = new Map();
for (const page of pages.filter((one) => one.n % 2))
  for (let after = '0'; after; ) {
    const answer = await fetch(`${site}/api/rooms/${page.room}/messages?after=${after}&limit=199`, { headers: { cookie: page.cookie } });
    const { items, next } = await answer.json();
    for (const [, token] of items.map(({ body }) => /#([0-9a-z]+)#/.exec(body)).filter(Boolean)) stored.set(token, 1 + (stored.get(token) ?? 0));
    after = next;
  }
const returns = pages.flatMap((page) => page.returns).sort((a, b) => a - b);
const total = (name) => pages.reduce((sum, page) => sum + page[name], 0);
const faults = pages.flatMap((page) => page.faults);
const tokens = Array.from({ length: sent }, (_, i) => i.toString(36));
const [lost, doubled] = [tokens.filter((token) => !stored.has(token)).length, [...stored.values()].filter((times) => times > 1).length];
for (const fault of new Set(faults)) console.log(`  a page ${fault}`);
console.log(`roll: ${count} pages, ${rate}/s: lost ${lost} and doubled ${doubled} of ${sent}; ${returns.length} returns, p50 ${percentile(returns, 0.5).toFixed(0)} ms, p95 ${percentile(returns, 0.95).toFixed(0)} ms, slowest ${returns.at(-1).toFixed(0)} ms; ${faults.length} faults, ${total('cuts')} cut off, ${total('refusals')} refusals`);
process.exit(lost || doubled || faults.length ? 1 : 0);
