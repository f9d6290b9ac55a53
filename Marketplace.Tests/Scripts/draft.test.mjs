import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { load, Memory, open } from './browser.mjs';

const name = 'draft:7:42';
let draft;

beforeEach(async () => {
  open();
  draft = await load('Chat/Composer/draft.js');
});

// Acts in another tab: its own sessionStorage, the shared localStorage.
function inOtherTab(act) {
  const mine = sessionStorage;
  globalThis.sessionStorage = new Memory();
  act();
  globalThis.sessionStorage = mine;
}

test('what the server keeps is what a new tab begins with', () => {
  assert.deepEqual(draft.begin(name, 'Pues mira'), { text: 'Pues mira', base: 'Pues mira' });
});

test('what is not agreed with the server comes back in the same tab', () => {
  draft.keep(name, { text: 'Pues mira, te doy', base: 'Pues mira' });
  assert.equal(draft.begin(name, 'Pues mira').text, 'Pues mira, te doy');
});

test('what was cleared stays cleared while the server still has it', () => {
  draft.keep(name, { text: '', base: 'Pues mira' });
  assert.equal(draft.begin(name, 'Pues mira').text, '');
});

test('what another device has written since counts more than what was cleared here', () => {
  draft.keep(name, { text: '', base: 'Pues mira' });
  assert.equal(draft.begin(name, 'Desde el móvil').text, 'Desde el móvil');
});

test('two tabs keep both texts, and a third begins with the newest', () => {
  draft.keep(name, { text: 'de la primera', base: '' });
  inOtherTab(() => draft.keep(name, { text: 'de la segunda', base: '' }));
  assert.equal(draft.begin(name, '').text, 'de la primera');
  inOtherTab(() => assert.equal(draft.begin(name, '').text, 'de la segunda'));
});

test('sending in one tab leaves what another has begun', () => {
  draft.keep(name, { text: 'de la primera', base: '' });
  inOtherTab(() => draft.keep(name, { text: 'de la segunda', base: '' }));
  assert.equal(draft.settle(name, { text: '', base: '' }, 'de la primera'), false);
  inOtherTab(() => assert.equal(draft.begin(name, '').text, 'de la segunda'));
});

test('something else under its name is no draft', () => {
  for (const value of ['null', '{', '{"text":1}', '[]']) {
    localStorage.setItem(name, value);
    assert.equal(draft.begin(name, 'x').text, 'x');
  }
});

function opened(kept, { longest = 100, answer = true } = {}) {
  const told = [];
  const one = new draft.Draft(name, kept, longest, async (text) => { told.push(text); return answer; });
  return Object.assign(one, { told });
}

test('the server is told once one has stopped writing', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const one = opened('');
  for (const text of ['P', 'Pu', 'Pues']) {
    one.write(text);
    one.tellSoon();
    mock.timers.tick(500);
  }
  assert.deepEqual(one.told, []);
  mock.timers.tick(500);
  await Promise.resolve();
  assert.deepEqual(one.told, ['Pues']);
  mock.timers.reset();
});

test('what the server did not take is not taken for agreed', async () => {
  for (const [answer, isAgreed] of [[true, true], [false, false]]) {
    const one = opened('', { answer });
    one.write('Pues');
    await one.tell();
    assert.equal(one.isAgreed, isAgreed);
  }
});

test('a text that is too long to be sent stays here', async () => {
  const one = opened('', { longest: 3 });
  one.write('Pues');
  await one.tell();
  assert.deepEqual(one.told, []);
  assert.equal(opened('').text, 'Pues');
});

test('a draft that another device has sent is dropped', () => {
  const one = opened('Pues mira');
  assert.equal(one.dropSent(['Otra cosa']), false);
  assert.equal(one.dropSent(['Pues mira, te doy 20']), true);
  assert.equal(one.text, '');
});

test('what was written here since is not dropped', () => {
  const one = opened('Pues mira');
  one.write('Pues');
  assert.equal(one.dropSent(['Pues mira, te doy 20']), false);
  assert.equal(one.text, 'Pues');
});

test('sending does not tell the server over what another tab has begun', () => {
  const one = opened('');
  one.write('de la primera');
  inOtherTab(() => draft.keep(name, { text: 'de la segunda', base: '' }));
  one.begin('', 'de la primera');
  assert.deepEqual(one.told, []);
});

test('a box that closes tells what it has not told', async () => {
  const one = opened('');
  one.write('Pues');
  assert.equal(one.end(), undefined);
  one.tellSoon();
  await one.end();
  assert.deepEqual(one.told, ['Pues']);
});
