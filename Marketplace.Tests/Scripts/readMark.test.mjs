import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { load, open } from './browser.mjs';

const settled = () => new Promise(setImmediate);
let scripts;

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  open();
  document.visibilityState = 'visible';
  scripts = await load('Chat/Messages/readMark.js');
});

// A read mark with the seqs that the server received, which gives these answers.
function opened(...answers) {
  const told = [];
  const mark = new scripts.ReadMark(5, async (seq) => {
    told.push(seq);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? true;
  });
  return Object.assign(mark, { told });
}

test('the server is told once of what was seen', async () => {
  const mark = opened();
  for (const seq of [6, 8, 7]) mark.see(seq);
  await mark.tell();
  await mark.tell();
  assert.deepEqual(mark.told, [8]);
});

test('what was seen before is not told', async () => {
  const mark = opened();
  mark.see(4);
  await mark.tell();
  assert.deepEqual([mark.seen, mark.told], [5, []]);
});

test('a mark that a busy server refused is told again after a while', async () => {
  const mark = opened(false, false, true);
  mark.see(6);
  await mark.tell();
  await mark.tell();
  assert.deepEqual(mark.told, [6]);
  for (let i = 0; i < 3; i++) {
    mock.timers.tick(2000);
    await settled();
  }
  assert.deepEqual(mark.told, [6, 6, 6]);
});

test('the next try tells what was seen meanwhile', async () => {
  const mark = opened(false);
  mark.see(6);
  await mark.tell();
  mark.see(9);
  mock.timers.tick(2000);
  await settled();
  assert.deepEqual(mark.told, [6, 9]);
});

test('a mark that was lost with the circuit is told when it is back', async () => {
  const mark = opened(new Error('The circuit is lost.'));
  mark.see(6);
  await mark.tell();
  mock.timers.tick(10_000);
  await settled();
  assert.deepEqual(mark.told, [6]);
  await mark.tell();
  assert.deepEqual(mark.told, [6, 6]);
});

test('a hidden window has seen nothing', async () => {
  const mark = opened();
  document.visibilityState = 'hidden';
  mark.see(6);
  await mark.tell();
  assert.deepEqual(mark.told, []);
  document.visibilityState = 'visible';
  await mark.tell();
  assert.deepEqual(mark.told, [6]);
});
