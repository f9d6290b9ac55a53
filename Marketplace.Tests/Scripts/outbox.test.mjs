import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load, open } from './browser.mjs';

const key = '7:42';
let outbox;

beforeEach(async () => {
  open();
  outbox = await load('Chat/Composer/outbox.js');
});

const entry = (text, at) => outbox.entryOf(text, at);

test('what is kept is there after the page is loaded anew, in its order', async () => {
  for (const [text, at] of [['dos', 2], ['uno', 1], ['tres', 3]]) outbox.keep(key, entry(text, at));
  outbox.keep('7:43', entry('en otra sala', 1));
  outbox = await load('Chat/Composer/outbox.js');
  assert.deepEqual(outbox.unsent(key).map(({ text }) => text), ['uno', 'dos', 'tres']);
});

test('ids are of version 7, rise with time, and never repeat', () => {
  const ids = Array.from({ length: 2000 }, () => entry('', 0).id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const times = ids.map((id) => id.slice(0, 13));
  assert.deepEqual(times, [...times].sort());
});

test('messages go one at a time in their order, and again after a failure', async () => {
  const waiting = [entry('uno', 1), entry('dos', 2)];
  const sent = [];
  let failures = 2;
  await outbox.pump(
    () => waiting.find((one) => !one.stored),
    async (id, text) => {
      if (failures-- > 0) return { refused: 'Busy', text: 'Hay mucha gente', retryAfter: 1 };
      sent.push(text);
      return {};
    },
    () => {},
  );
  assert.deepEqual(sent, ['uno', 'dos']);
});

test('what is refused for good is kept with the reason and holds up nobody', async () => {
  const waiting = [entry('mal', 1), entry('bien', 2)];
  waiting.forEach((one) => outbox.keep(key, one));
  await outbox.pump(
    () => waiting.find((one) => !one.stored && !one.refused),
    async (id, text) => (text === 'mal' ? { refused: 'Invalid', text: 'No se puede' } : {}),
    (one) => outbox.settle(key, one),
  );
  assert.deepEqual(outbox.unsent(key).map(({ text, refused }) => [text, refused]), [['mal', 'No se puede']]);
});

test('an answer to what was discarded meanwhile brings nothing back', () => {
  const one = entry('uno', 1);
  outbox.keep(key, one);
  outbox.discard(key, one);
  outbox.settle(key, { ...one, refused: 'No se puede' });
  assert.deepEqual(outbox.unsent(key), []);
});

test('a room that a composer holds is left to it, and taken over when it lets go', async () => {
  outbox.keep(key, entry('uno', 1));
  const release = outbox.hold(key);
  const sent = [];
  const end = outbox.sendLeft(7, async (room, id, text) => { sent.push([room, text]); return {}; });
  await Promise.resolve();
  assert.deepEqual(sent, []);
  release();
  await new Promise(setImmediate);
  assert.deepEqual(sent, [[42, 'uno']]);
  assert.deepEqual(outbox.unsent(key), []);
  end();
});

test('only one\'s own rooms are told of as refused', async () => {
  const told = [];
  const end = outbox.watchRefused(7, async (rooms) => told.push(rooms));
  outbox.keep('8:1', { ...entry('de otra persona', 1), refused: 'No' });
  outbox.keep(key, { ...entry('uno', 1), refused: 'No' });
  outbox.discard(key, outbox.unsent(key)[0]);
  end();
  outbox.keep(key, { ...entry('dos', 2), refused: 'No' });
  assert.deepEqual(told, [[42], []]);
});

test('a full storage costs the safety net and no message', async () => {
  localStorage.fill();
  const one = entry('uno', 1);
  outbox.keep(key, one);
  const sent = [];
  await outbox.pump(() => (one.stored ? null : one), async (id, text) => { sent.push(text); return {}; }, () => {});
  assert.deepEqual(sent, ['uno']);
});
