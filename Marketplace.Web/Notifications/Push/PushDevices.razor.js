import { call, device, refresh, state, turnOff, turnOn } from '/Notifications/Push/push.js';

const part = document.querySelector('[data-push]');
const said = part.querySelector('[data-said]');
const list = part.querySelector('.devices');

// One deed at a time; what came of it is said.
async function act(button, work, word) {
  button.disabled = true;
  said.textContent = '';
  try {
    if (await work() !== false) said.textContent = part.dataset[word];
  } catch (failure) {
    said.textContent = failure.message && failure.name === 'Error' ? failure.message : part.dataset.failed;
  }
  button.disabled = false;
  await show();
}

async function show() {
  const now = await state();
  for (const one of part.querySelectorAll('[data-when]')) one.hidden = !one.dataset.when.split(' ').includes(now);
  for (const one of part.querySelectorAll('[data-script]')) one.hidden = false;
  list.hidden = list.children.length === 0;
  part.querySelector('[data-none]').hidden = !list.hidden;
}

// The server draws the rows.
async function draw() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  list.replaceChildren(...page.querySelector('[data-push] .devices').children);
}

const on = async () => await turnOn() === 'on' && draw();
const off = async () => { await turnOff(); await draw(); };
const test = (id) => call(`/devices/${id}/test`, { method: 'POST' });

async function remove(id) {
  if (id === String(device())) return off();
  await call(`/devices/${id}`, { method: 'DELETE' });
  return draw();
}

part.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  const id = button?.closest('[data-device]')?.dataset.device ?? String(device());
  if (button?.matches('[data-turn-on]')) act(button, on, 'on');
  else if (button?.matches('[data-turn-off]')) act(button, off, 'off');
  else if (button?.matches('[data-test]')) act(button, () => test(id), 'tested');
  else if (button?.matches('[data-remove]')) act(button, () => remove(id), 'removed');
});
await refresh();
await show();
