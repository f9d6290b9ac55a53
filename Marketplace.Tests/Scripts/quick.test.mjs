import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { load, open } from './browser.mjs';

let quick;

before(async () => {
  open();
  quick = await load('Chat/Composer/quick.js');
});

test('a slash and letters, alone in the box, begin a shortcut', () => {
  for (const [text, begun] of [['/', ''], ['/env', 'env'], ['/2', '2'], ['env', null], ['/env ', null], [' /env', null], ['a/env', null], ['', null]])
    assert.equal(quick.shortcutIn(text), begun, text);
});

test('a shortcut is typed with or without its marks, in either case', () => {
  for (const text of ['/mañana', '/MANANA', '/man\u0303ana']) assert.equal(quick.shortcutIn(text), 'manana');
});

test('those that begin so are offered, eight at most', () => {
  const replies = ['envio', 'entrega', 'hola'].map((shortcut) => ({ shortcut }));
  assert.deepEqual(quick.offered(replies, 'en').map(({ shortcut }) => shortcut), ['envio', 'entrega']);
  assert.deepEqual(quick.offered(replies, 'x'), []);
  assert.equal(quick.offered(Array(20).fill({ shortcut: 'a' }), '').length, 8);
});
