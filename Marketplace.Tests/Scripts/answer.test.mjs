import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load, open } from './browser.mjs';

const words = { answering: 'Respondes a {0}', editing: 'Corriges' };
const message = { seq: 5, name: 'Ana', text: '¿Sigue libre?' };
let scripts;

beforeEach(async () => {
  open();
  scripts = await load('Chat/Composer/answer.js');
});

// A minimal page: parts found by their selector.
function opened() {
  const parts = new Map();
  const part = (selector) => parts.get(selector) ?? parts.set(selector, { textContent: '' }).get(selector);
  const bar = { hidden: true, querySelector: part };
  const log = { body: null, querySelector: () => log.body };
  return Object.assign(new scripts.Answer(bar, log, '7:42', words), { bar, log, part });
}

test('the line names whom one answers, and goes when it is left', () => {
  const answer = opened();
  answer.begin(message, false, '');
  assert.deepEqual([answer.bar.hidden, answer.part('[data-answering-to]').textContent], [false, 'Respondes a Ana']);
  answer.end();
  assert.deepEqual([answer.bar.hidden, answer.isOn, answer.seq], [true, false, null]);
});

test('an answer is there after a reload, a correction with what became of its text', () => {
  opened().begin(message, false, '');
  const again = opened();
  assert.equal(again.takeUp(), null);
  assert.equal(again.seq, 5);

  const correction = opened();
  correction.begin(message, true, 'a medias');
  correction.correct('¿Sigue libre la bici?');
  const after = opened();
  assert.equal(after.takeUp(), '¿Sigue libre la bici?');
  assert.deepEqual([after.isEdit, after.before], [true, 'a medias']);
});

test('nothing comes back of what was left', () => {
  const answer = opened();
  answer.begin(message, false, '');
  answer.end();
  const again = opened();
  assert.equal(again.takeUp(), null);
  assert.equal(again.isOn, false);
});

test('a message that is corrected meanwhile is quoted as it is now', () => {
  const answer = opened();
  answer.begin(message, false, '');
  answer.log.body = { textContent: '¿Sigue disponible?' };
  answer.follow();
  assert.equal(answer.part('[data-answering-text]').textContent, '¿Sigue disponible?');
});

test('something else in the storage is no answer', () => {
  for (const value of ['null', '{', '{}', '[]', '7']) {
    sessionStorage.setItem('answer:7:42', value);
    assert.equal(opened().takeUp(), null);
  }
});
