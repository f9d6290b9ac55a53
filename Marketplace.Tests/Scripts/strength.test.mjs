import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { load, open } from './browser.mjs';

let strengthOf;

before(async () => {
  open();
  ({ strengthOf } = await load('Accounts/Pages/Parts/strength.js'));
});

test('what is short, repeats or only counts is weak', () => {
  for (const weak of ['', 'gato', 'aaaaaaaaaaaa', '123456789012', 'abcdefghij', 'aaaa1111']) assert.equal(strengthOf(weak), 1, weak);
});

test('what others know of a person adds nothing', () => {
  assert.equal(strengthOf('Íñigo-Iturbe-7', ['Iñigo', 'iturbe', '', 'a']), 1);
  assert.notEqual(strengthOf('Íñigo-Iturbe-7'), 1);
});

test('a few words are strong, one with a number is fair', () => {
  assert.equal(strengthOf('tres gatos en la cocina'), 3);
  assert.equal(strengthOf('paraguas7'), 2);
});
