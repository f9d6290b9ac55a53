import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load, open } from './browser.mjs';

const key = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
let subscription;
let calls;
let served;

class Notification {
  static permission = 'granted';
  static requestPermission = async () => Notification.permission;
}

function subscribe({ applicationServerKey }, endpoint = 'https://push.example.net/1') {
  const bytes = Uint8Array.from(atob(applicationServerKey.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  const made = { endpoint, options: { applicationServerKey: bytes.buffer }, unsubscribe: async () => { subscription = null; } };
  return subscription = made;
}

// A browser with a worker, and a server that gives the key and takes devices.
function browser({ permission = 'granted', agent = '', hasPush = true } = {}) {
  open();
  Notification.permission = permission;
  const pushManager = { getSubscription: async () => subscription, subscribe: async (options) => subscribe(options) };
  const registration = { pushManager, getNotifications: async () => [] };
  Object.assign(globalThis, { Notification, location: { pathname: '/messages' }, matchMedia: () => ({ matches: false }) });
  document.querySelector = () => ({ dataset: { logout: '7' } });
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: { userAgent: agent, platform: '', maxTouchPoints: 0, serviceWorker: { ready: Promise.resolve(registration), getRegistration: async () => registration } },
  });
  if (hasPush) globalThis.PushManager = class {};
  else delete globalThis.PushManager;
  globalThis.fetch = async (url, { method = 'GET' } = {}) => {
    calls.push(`${method} ${url}`);
    return { ok: true, json: async () => (url.endsWith('/key') ? { publicKey: served } : { id: 42 }) };
  };
}

const puts = () => calls.filter((one) => one.startsWith('PUT')).length;
const page = () => load('Notifications/Push/push.js');

beforeEach(() => {
  [subscription, calls, served] = [null, [], key];
  browser();
});

test('a browser without push says so, and iOS that it has to be installed', async () => {
  browser({ hasPush: false });
  assert.equal(await (await page()).state(), 'unsupported');
  browser({ hasPush: false, agent: 'iPhone' });
  assert.equal(await (await page()).state(), 'needs-install');
});

test('it is off until it is turned on, and off again', async () => {
  const push = await page();
  assert.equal(await push.state(), 'off');
  assert.equal(await push.turnOn(), 'on');
  assert.equal(push.device(), 42);
  assert.equal(await push.turnOff(), 'off');
  assert.deepEqual(calls.at(-1), 'DELETE /api/account/push/devices/42');
});

test('who refuses has it denied', async () => {
  browser({ permission: 'denied' });
  assert.equal(await (await page()).turnOn(), 'denied');
  assert.equal(puts(), 0);
});

test('pages confirm it once in five minutes, but each page of the account does', async () => {
  await (await page()).turnOn();
  assert.equal(await (await page()).refresh(), 'on');
  assert.equal(puts(), 1);
  location.pathname = '/account/manage/notifications';
  const push = await page();
  await Promise.all([push.refresh(), push.refresh()]);
  assert.equal(puts(), 2);
});

test('the next person on the browser takes its subscription over', async () => {
  await (await page()).turnOn();
  assert.equal(await (await page()).refresh('8'), 'on');
  assert.equal(puts(), 2);
});

test('a subscription that has gone is missed', async () => {
  await (await page()).turnOn();
  subscription = null;
  assert.equal(await (await page()).refresh(), 'lost');
  Notification.permission = 'default';
  assert.equal(await (await page()).state(), 'lost');
});

test('a new key of the site makes a new subscription', async () => {
  await (await page()).turnOn();
  const before = subscription;
  served = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';
  location.pathname = '/account/manage';
  assert.equal(await (await page()).refresh(), 'on');
  assert.notEqual(subscription, before);
});

test('without a connection it stays on', async () => {
  await (await page()).turnOn();
  globalThis.fetch = async () => { throw new TypeError('offline'); };
  location.pathname = '/account/manage';
  assert.equal(await (await page()).refresh(), 'on');
});

test('signing out leaves nothing', async () => {
  const push = await page();
  await push.turnOn();
  await push.forget();
  assert.equal(subscription, null);
  assert.equal(await push.state(), 'off');
});
