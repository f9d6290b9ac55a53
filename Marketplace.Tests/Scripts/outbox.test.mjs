import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { load, open, promise } from './browser.mjs';

const key = '7:42';
let scripts;

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  open();
  scripts = await load('Chat/Composer/outbox.js');
});

const never = () => new Promise(() => {});
const settled = () => new Promise(setImmediate);
const texts = (outbox) => outbox.entries.map(({ text }) => text);
const opened = (send = never, room = key) => new scripts.Outbox(room, send);

test('what was not sent is there after the page is loaded anew, in its order', async () => {
  const outbox = opened();
  for (const text of ['uno', 'dos', 'tres']) outbox.add(text);
  opened(never, '7:43').add('en otra sala');
  scripts = await load('Chat/Composer/outbox.js');
  assert.deepEqual(texts(opened()), ['uno', 'dos', 'tres']);
});

test('ids are of version 7, rise with time, and never repeat', () => {
  const outbox = opened();
  for (let i = 0; i < 2000; i++) outbox.add('');
  const ids = outbox.entries.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const times = ids.map((id) => id.slice(0, 13));
  assert.deepEqual(times, [...times].sort());
});

test('messages go one at a time in their order, and again after a failure', async () => {
  const sent = [];
  const answers = [null, { refused: 'Busy', text: 'Hay mucha gente', retryAfter: 5 }, {}, {}];
  const outbox = opened(async (id, text) => { sent.push(text); return answers.shift() ?? Promise.reject(new Error()); });
  outbox.add('uno');
  outbox.add('dos');
  for (let i = 0; i < 2; i++) {
    await settled();
    mock.timers.tick(1000);
  }
  await settled();
  assert.deepEqual(sent, ['uno', 'uno', 'uno', 'dos']);
  assert.deepEqual(Object.keys(localStorage), []);
});

test('each change is told: an entry comes, is answered, leaves', async () => {
  const answer = promise();
  const outbox = opened(() => answer);
  const told = [];
  outbox.addEventListener('change', () => told.push(outbox.entries.map((entry) => (entry.stored ? 'stored' : entry.refused ?? 'waits'))));
  outbox.add('uno');
  answer.keep({ refused: 'Invalid', text: 'No se puede' });
  await settled();
  outbox.discard(outbox.entries[0]);
  assert.deepEqual(told, [['waits'], ['No se puede'], []]);
});

test('what is refused for good stays with the reason, and holds up nobody', async () => {
  const outbox = opened(async (id, text) => (text === 'mal' ? { refused: 'Invalid', text: 'No se puede' } : {}));
  outbox.add('mal');
  outbox.add('bien');
  await settled();
  outbox.forget((entry) => entry.stored);
  assert.deepEqual(texts(outbox), ['mal']);
  assert.deepEqual(opened().entries.map(({ text, refused }) => [text, refused]), [['mal', 'No se puede']]);
});

test('one that was refused goes again when it is asked for', async () => {
  const answers = [{ refused: 'Invalid', text: 'No se puede' }, {}];
  const outbox = opened(async () => answers.shift());
  outbox.add('uno');
  await settled();
  outbox.retry(outbox.entries[0]);
  await settled();
  assert.ok(outbox.entries[0].stored);
  assert.deepEqual(opened().entries, []);
});

test('a refusal of what was discarded meanwhile brings nothing back', async () => {
  const answer = promise();
  const outbox = opened(() => answer);
  outbox.add('uno');
  outbox.discard(outbox.entries[0]);
  answer.keep({ refused: 'Invalid', text: 'No se puede' });
  await settled();
  assert.deepEqual([...texts(outbox), ...texts(opened())], []);
});

test('an open room sends its own, and the list what is left when it closes', async () => {
  const outbox = opened();
  outbox.add('uno');
  const sent = [];
  const end = scripts.sendLeft(7, async (room, id, text) => { sent.push([room, text]); return {}; });
  await settled();
  assert.deepEqual(sent, []);
  outbox.close();
  await settled();
  assert.deepEqual(sent, [[42, 'uno']]);
  assert.deepEqual(texts(opened()), []);
  end();
});

test('a room that opens takes over from the list', async () => {
  scripts.leave(key, 'uno');
  scripts.leave(key, 'dos');
  const sent = [];
  const answer = promise();
  const end = scripts.sendLeft(7, (room, id, text) => { sent.push(['list', text]); return answer; });
  const outbox = opened(async (id, text) => { sent.push(['room', text]); return {}; });
  outbox.sendAll();
  answer.keep({});
  await settled();
  assert.deepEqual(sent, [['list', 'uno'], ['room', 'uno'], ['room', 'dos']]);
  end();
});

test('the list leaves alone what was refused', async () => {
  const outbox = opened(async () => ({ refused: 'Invalid', text: 'No se puede' }));
  outbox.add('uno');
  await settled();
  outbox.close();
  const end = scripts.sendLeft(7, () => assert.fail('It was sent.'));
  await settled();
  end();
});

test('what is written before the room lives is sent by it', async () => {
  scripts.leave(key, 'antes');
  const sent = [];
  opened(async (id, text) => { sent.push(text); return {}; }).sendAll();
  await settled();
  assert.deepEqual(sent, ['antes']);
});

test('only one\'s own rooms are told of as refused', async () => {
  const told = [];
  const end = scripts.watchRefused(7, async (rooms) => told.push(rooms));
  const refuse = async () => ({ refused: 'Invalid', text: 'No' });
  opened(refuse, '8:1').add('de otra persona');
  const mine = opened(refuse);
  mine.add('uno');
  await settled();
  mine.discard(mine.entries[0]);
  end();
  mine.add('dos');
  await settled();
  assert.deepEqual(told, [[42], []]);
});

test('a full storage costs the safety net and no message', async () => {
  localStorage.fill();
  const sent = [];
  opened(async (id, text) => { sent.push(text); return {}; }).add('uno');
  await settled();
  assert.deepEqual(sent, ['uno']);
});
