import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { load, open } from './browser.mjs';

let Coach;
let parts;
let sent;

beforeEach(async () => {
  open();
  globalThis.navigator ??= { onLine: true };
  ({ Coach } = await load('Chat/Composer/coach.js'));
  parts = Object.fromEntries(['found', 'send', 'wrong'].map((name) => [`[data-coach-${name}]`, part()]));
  sent = 0;
});

function part() { return Object.assign(new EventTarget(), { replaceChildren() {} }); }

function made(ask) {
  return new Coach({ hidden: true, querySelector: (name) => parts[name] }, ask, () => { sent++; });
}

test('who gets no answer in time, or none at all, is not held up', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const found = made(() => new Promise(() => {})).find('hola');
  mock.timers.tick(1000);
  assert.deepEqual(await found, []);
  assert.deepEqual(await made(() => Promise.reject(new Error('lost'))).find('hola'), []);
  mock.timers.reset();
});

test('what is shown and answered is counted', async () => {
  const findings = [{ rule: 'Pressure', words: '', text: '' }];
  globalThis.document.createElement = () => ({ append() {} });
  const told = [];
  const coach = new Coach({ hidden: true, querySelector: (name) => parts[name] }, () => Promise.resolve(findings), () => {}, (...values) => told.push(values));
  coach.show(await coach.find('ya'));
  parts['[data-coach-send]'].dispatchEvent(new Event('click'));
  coach.show(findings);
  parts['[data-coach-wrong]'].dispatchEvent(new Event('click'));
  assert.deepEqual(told, [
    ['CoachShown', ['Pressure']], ['CoachAnswered', false], ['CoachShown', ['Pressure']], ['CoachAnswered', true],
  ]);
});

test('what was called wrong is sent, and not pointed out again, also on the next page', async () => {
  const findings = [{ rule: 'Pressure', words: '', text: '' }];
  globalThis.document.createElement = () => ({ append() {} });
  const coach = made(() => Promise.resolve(findings));
  coach.show(await coach.find('ya'));
  parts['[data-coach-wrong]'].dispatchEvent(new Event('click'));
  assert.equal(sent, 1);
  assert.deepEqual(await coach.find('ya'), []);
  assert.deepEqual(await made(() => Promise.resolve(findings)).find('ya'), []);
});
