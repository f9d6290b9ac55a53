// The push messages of this browser, for the person who is signed in here. What was last agreed with the server stays in
// localStorage, so that a subscription that got lost is noticed.

const api = '/api/account/push';
const pause = 5 * 60_000; // ms in which pages confirm a subscription once
let confirmed = null;

const me = () => document.querySelector('[data-logout]')?.dataset.logout ?? null;
const isInstalled = () => matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;
const isApple = () => /iPad|iPhone|iPod/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
const isAble = () => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

/// 'unsupported', 'needs-install' (iOS outside the home screen), 'denied', 'lost' (it was on), 'off' or 'on'.
export async function state(person = me()) {
  if (!isAble()) return isApple() && !isInstalled() ? 'needs-install' : 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const known = recall(person);
  return !known ? 'off' : Notification.permission === 'granted' && await current() ? 'on' : 'lost';
}

/// Only after a click: browsers ask for the permission then.
export async function turnOn(person = me()) {
  if (await Notification.requestPermission() !== 'granted') return state(person);
  await agree(person, await current() ?? await subscribe(await key()));
  return state(person);
}

export async function turnOff(person = me()) {
  const known = recall(person);
  keep(person, null);
  await (await current())?.unsubscribe();
  if (known?.id) await call(`/devices/${known.id}`, { method: 'DELETE' }).catch(() => {});
  return state(person);
}

/// Confirms this browser at the server, once for each page. Answers as `state`, and 'lost' also where it was denied.
export function refresh(person = me()) {
  return confirmed ??= confirm(person);
}

/// Before signing out: nothing of this person is to appear here any more.
export async function forget(person = me()) {
  keep(person, null);
  await (await current())?.unsubscribe();
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const one of await registration?.getNotifications() ?? []) one.close();
  await navigator.clearAppBadge?.();
}

/// The server's own id of this browser; null while it is off.
export const device = (person = me()) => recall(person)?.id ?? null;

async function confirm(person) {
  if (!person || !isAble()) return state(person);
  const known = recall(person);
  const subscription = Notification.permission === 'granted' ? await current() : null;
  if (!subscription) return known ? 'lost' : state(person);
  // The pages of the account may have renewed the session, with which the device at the server has ended.
  const isFresh = known?.endpoint === subscription.endpoint && Date.now() - known.at < pause && !location.pathname.startsWith('/account/');
  // Without a connection, the next page confirms it.
  if (!isFresh) await agree(person, subscription).catch(() => {});
  return state(person);
}

async function agree(person, subscription) {
  const wanted = await key();
  let agreed = subscription;
  if (text(agreed.options.applicationServerKey) !== wanted) {
    await agreed.unsubscribe();
    agreed = await subscribe(wanted);
  }
  const { id } = await call('/devices', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(agreed) });
  keep(person, { id, endpoint: agreed.endpoint, at: Date.now() });
}

async function current() {
  const registration = await navigator.serviceWorker?.getRegistration();
  return await registration?.pushManager?.getSubscription() ?? null;
}

async function subscribe(applicationServerKey) {
  const { pushManager } = await navigator.serviceWorker.ready;
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

const key = async () => (await call('/key')).publicKey;

/// Answers what the server says; a refusal throws, with its sentence as message.
export async function call(path, options) {
  const answer = await fetch(api + path, options);
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(said?.detail ?? '');
  return said;
}

function text(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes ?? []))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function recall(person) {
  try {
    return JSON.parse(localStorage.getItem(`push:${person}`));
  } catch {
    return null;
  }
}

function keep(person, known) {
  try {
    if (known) localStorage.setItem(`push:${person}`, JSON.stringify(known));
    else localStorage.removeItem(`push:${person}`);
  } catch {
    // Without storage, each page confirms anew.
  }
}
