import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load, Memory, open } from './browser.mjs';

const name = 'draft:7:42';
let draft;

beforeEach(async () => {
  open();
  draft = await load('Chat/Composer/draft.js');
});

// Does something in another tab: with a session of its own, and the storage that all tabs share.
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
