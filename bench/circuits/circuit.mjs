// An open page of a Blazor Server site: confirms renders and answers JavaScript calls, as the page's script would.
import { HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

class BlazorPack extends MessagePackHubProtocol {
  name = 'blazorpack';
}

// The handlers of a form's radio button with this value and of the form, in a render batch: what the page's script
// would attach. The batch ends with the offsets of its five tables; attributes are frames of type 3.
function handlers(batch, value) {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  const int = (at) => view.getInt32(at, true);
  const [frames, strings] = [int(view.byteLength - 16), int(view.byteLength - 4)];
  const text = (index) => {
    if (index < 0) return null;
    let at = int(strings + 4 * index), length = 0;
    for (let shift = 0, byte = 128; byte & 128; shift += 7) { byte = view.getUint8(at++); length |= (byte & 127) << shift; }
    return Buffer.from(batch.buffer, batch.byteOffset + at, length).toString();
  };
  let submit, change, isChosen = false;
  for (let i = 0; i < int(frames); i++) {
    const at = frames + 4 + 20 * i;
    if (int(at) !== 3) continue;
    const [name, id] = [text(int(at + 4)), Number(view.getBigUint64(at + 12, true))];
    if (name === 'onsubmit') submit = id;
    else if (name === 'value') isChosen = text(int(at + 8)) === value;
    else if (name === 'onchange' && isChosen) [change, isChosen] = [id, false];
  }
  return submit && change ? { submit, change } : null;
}

const reference = 1; // JSCallResultType.JSObjectReference

export class Circuit {
  // onLeave: called with the seconds that are left, when the node asks the page to go to another.
  constructor(site, path, cookie, { onBatch, onLeave } = {}) {
    Object.assign(this, { site, path, cookie, onBatch, onLeave, objects: 0, calls: 0, batches: 0, waiting: new Map() });
  }

  async open() {
    const page = await fetch(this.site + this.path, { headers: { cookie: this.cookie } });
    this.cookie = withNew(this.cookie, page);
    const html = (this.html = await page.text());
    const markers = [...html.matchAll(/<!--Blazor:(\{.*?\})-->/g)].map((m) => JSON.parse(m[1])).filter((m) => m.type === 'server');
    if (markers.length === 0) throw new Error(`${this.path} is not live (${page.status})`);
    const state = /<!--Blazor-Server-Component-State:(.*?)-->/.exec(html)?.[1] ?? '';
    const hub = (this.hub = new HubConnectionBuilder()
      .withUrl(`${this.site}/_blazor`, { skipNegotiation: true, transport: HttpTransportType.WebSockets, headers: { cookie: this.cookie, origin: this.site } })
      .withHubProtocol(new BlazorPack())
      .configureLogging(LogLevel.None)
      .build());
    hub.serverTimeoutInMilliseconds = 600_000;
    hub.on('JS.RenderBatch', (id, batch) => {
      this.batches++;
      this.onBatch?.(batch);
      hub.send('OnRenderCompleted', id, null).catch(() => {});
    });
    hub.on('JS.BeginInvokeJS', (id, name, args, resultType) => {
      if (name === 'Blazor._internal.attachWebRendererInterop') this.renderer = JSON.parse(args)[1].__dotNetObject;
      if (name === 'attach') this.attach(JSON.parse(args));
      if (name === 'Blazor.leave') this.onLeave?.(JSON.parse(args)[0]);
      const result = resultType === reference ? { __jsObjectId: ++this.objects } : null;
      hub.send('EndInvokeJSFromDotNet', id, true, JSON.stringify([id, true, result])).catch(() => {});
    });
    hub.on('JS.EndInvokeDotNet', (id, success, result) => this.answer(id, success, result));
    for (const quiet of ['JS.AttachComponent', 'JS.Error', 'JS.EndUpdateRootComponents', 'JS.BeginTransmitStream']) hub.on(quiet, () => {});
    const live = new Promise((done) => (this.attached = done));
    await hub.start();
    this.id = await hub.invoke('StartCircuit', `${this.site}/`, this.site + this.path, '[]', state);
    if (!this.id) throw new Error('The circuit was refused.');
    const operations = markers
      .filter((marker) => marker.descriptor)
      .map((marker, i) => ({ type: 'add', ssrComponentId: i + 1, marker }));
    await hub.send('UpdateRootComponents', JSON.stringify({ batchId: 1, operations }), state);
    return live;
  }

  // Opens the administrators' wall and gives this reason.
  async watch(reason) {
    this.onBatch = (batch) => { this.form = handlers(batch, reason) ?? this.form; };
    this.open().catch(() => {});
    while (!this.form || !this.renderer) await new Promise((next) => setTimeout(next, 20));
    this.onBatch = null;
    await this.dispatch(this.form.change, 'change', { value: reason });
    const before = this.batches;
    await this.dispatch(this.form.submit, 'submit', {});
    while (this.batches === before) await new Promise((next) => setTimeout(next, 20));
  }

  dispatch(eventHandlerId, eventName, args) {
    return this.call(this.renderer, 'DispatchEventAsync', { eventHandlerId, eventName, eventFieldInfo: null }, args);
  }

  // An open room attaches three scripts: the list (without texts), the log and the composer.
  attach([component, , options]) {
    if (options?.longest) this.composer = component.__dotNetObject;
    else if (options) this.log = component.__dotNetObject;
    if (this.composer && this.log) this.attached();
  }

  call(component, method, ...args) {
    const id = `${++this.calls}`;
    const answered = new Promise((done) => this.waiting.set(id, done));
    this.hub.send('BeginInvokeDotNetFromJS', id, null, method, component, JSON.stringify(args)).catch(() => {});
    return answered;
  }

  answer(id, success, result) {
    this.waiting.get(id)?.({ success, result });
    this.waiting.delete(id);
  }

  send(clientId, text) {
    return this.call(this.composer, 'SendAsync', clientId, text, null, null);
  }

  draft(text) {
    return this.call(this.composer, 'DraftAsync', text);
  }

  seen(seq) {
    return this.call(this.log, 'SeenAsync', seq);
  }

  async close() {
    const body = new FormData();
    body.append('circuitId', this.id);
    await fetch(`${this.site}/_blazor/disconnect`, { method: 'POST', body, headers: { cookie: this.cookie, origin: this.site } });
    await this.hub.stop();
  }
}

// The cookies that a browser has after this answer.
export function withNew(cookie, answer) {
  const kept = new Map(cookie.split('; ').filter(Boolean).map((one) => [one.split('=')[0], one]));
  for (const set of answer.headers.getSetCookie()) {
    const [name] = set.split('=');
    if (/expires=Thu, 01 Jan 1970/i.test(set)) kept.delete(name);
    else kept.set(name, set.split(';')[0]);
  }
  return [...kept.values()].join('; ');
}

export async function signIn(site, email, password) {
  const first = await fetch(`${site}/account/login`);
  const cookie = withNew('', first);
  const html = await first.text();
  const form = new URLSearchParams({ 'Form.Email': email, 'Form.Password': password });
  const entry = html.slice(html.indexOf('class="form"') - 400);
  for (const [, tag] of entry.matchAll(/<input ([^>]*type="hidden"[^>]*)>/g)) {
    const [name, value] = ['name', 'value'].map((a) => new RegExp(`${a}="([^"]*)"`).exec(tag)?.[1]);
    if (name?.startsWith('_') && !form.has(name)) form.set(name, value);
  }
  const answer = await fetch(`${site}/account/login`, {
    method: 'POST', redirect: 'manual', body: form, headers: { cookie, origin: site },
  });
  if (answer.status !== 302) throw new Error(`Signing in as ${email}: ${answer.status}`);
  return withNew(cookie, answer);
}
