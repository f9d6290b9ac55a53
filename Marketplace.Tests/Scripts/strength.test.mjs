import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { load, open } from './browser.mjs';

let isCommon;
let isPattern;
let isPersonal;
let packed;
let strengthOf;
let wordsOf;

before(async () => {
  open();
  ({ isPattern, isPersonal, strengthOf, wordsOf } = await load('Accounts/Pages/Parts/strength.js'));
  ({ isCommon } = await load('Accounts/Pages/Parts/common.js'));
  ({ packed } = await load('Accounts/Pages/Parts/commonPasswords.js'));
});

test('what is short, repeats or only counts is weak', () => {
  for (const weak of ['', 'gato', 'aaaaaaaaaaaa', '123456789012', 'abcdefghij', 'aaaa1111']) assert.equal(strengthOf(weak), 1, weak);
});

test('what others know of a person adds nothing', () => {
  assert.equal(strengthOf('Íñigo-Iturbe-7', wordsOf('Iñigo Iturbe a', '')), 1);
  assert.notEqual(strengthOf('Íñigo-Iturbe-7'), 1);
});

test('a few words are strong, one with a number is fair', () => {
  assert.equal(strengthOf('tres gatos en la cocina'), 3);
  assert.equal(strengthOf('paraguas7'), 2);
});

test('what everybody tries first is common, as on the server', async () => {
  for (const common of ['password1', 'qwerty123', 'IloveYou', 'realmadrid', 'contraseña1', 'Contraseña', '  password1 '])
    assert.ok(await isCommon(common, packed), common);
  for (const own of ['caballo correcto pila', 'zxvq-jkww', 'mi contraseña de gatos', ''])
    assert.ok(!(await isCommon(own, packed)), own);
});

test('what is repeated, counted or typed along the keyboard is common, as on the server', () => {
  for (const pattern of ['aaaaaaaa', '98765432', 'ghjklñlk', 'Qwertyuiop1234567890', 'jajajajaja', 'gatogatogato', '        ', '😀😀😀😀'])
    assert.ok(isPattern(pattern), pattern);
  for (const own of ['xxooxoxo', 'tres gatos en la cocina', 'paraguas7']) assert.ok(!isPattern(own), own);
});

test('name, address and site with little beside are personal, as on the server', () => {
  const words = wordsOf('Begoña Iturbe', 'bego.itu@example.org');
  for (const personal of ['Marketplace1', 'begoña.iturbe', 'Iturbe2024', 'bego.itu@example.org', 'BEGOÑA-1', 'exampleorg', 'Example.org1'])
    assert.ok(isPersonal(personal, words), personal);
  assert.ok(!isPersonal('begoña quiere una bici azul', words));
});

test('the list of common passwords is light', () => {
  assert.ok(packed.length * 3 / 4 < 40_000);
});
