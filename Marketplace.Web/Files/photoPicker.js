import { upload } from '/Files/pictures.js';

const list = (picker) => picker.querySelector('ul');
const place = (item) => [...item.parentElement.children].indexOf(item) + 1;

function waiting(picker) {
  const made = document.createElement('li');
  made.append(Object.assign(document.createElement('progress'), { ariaLabel: picker.dataset.uploading }));
  list(picker).append(made);
  return made;
}

function filled(picker, photo) {
  const made = picker.querySelector('template').content.querySelector('li').cloneNode(true);
  made.querySelector('img').src = `/files/${photo.thumbnail}`;
  made.querySelector('input').value = `${photo.file}/${photo.thumbnail}`;
  return made;
}

function arrange(picker) {
  const items = [...list(picker).children];
  items.forEach((item, index) => {
    for (const button of item.querySelectorAll('[data-move]')) {
      const to = index + Number(button.dataset.move);
      button.disabled = to < 0 || to >= items.length;
    }
    const name = picker.dataset.number.replace('{0}', index + 1);
    for (const image of item.querySelectorAll('img')) image.alt = name;
    for (const button of item.querySelectorAll('button')) button.ariaLabel = `${button.querySelector('svg').ariaLabel}: ${name}`;
  });
  list(picker).querySelectorAll('input').forEach((input, index) => { input.name = `${picker.dataset.field}[${index}]`; });
}

function tell(picker, name, ...values) {
  const sentence = values.reduce((text, value, index) => text.replace(`{${index}}`, value), picker.dataset[name]);
  picker.querySelector('[data-said]').textContent = sentence;
}

function fail(picker, sentence) {
  const alert = picker.querySelector('[role=alert]');
  alert.textContent = sentence ?? '';
  alert.hidden = !sentence;
}

// A form that is sent meanwhile would lose them.
async function add(picker, input, files) {
  fail(picker, null);
  input.setCustomValidity(picker.dataset.uploading);
  await addAll(picker, files);
  input.setCustomValidity('');
}

async function addAll(picker, files) {
  for (const file of files) {
    if (list(picker).children.length >= Number(picker.dataset.most)) return fail(picker, picker.dataset.tooMany);
    const made = waiting(picker);
    try {
      made.replaceWith(filled(picker, await upload(file, picker.dataset)));
    } catch (problem) {
      made.remove();
      fail(picker, problem.message);
    }
    arrange(picker);
  }
}

// Moves a photo to an index from 0. Moving an element drops its focus, so a button of it is focused again.
function put(picker, item, index, button) {
  const from = place(item);
  item.remove();
  list(picker).insertBefore(item, list(picker).children[index] ?? null);
  arrange(picker);
  if (button) [button, ...item.querySelectorAll('button')].find((other) => !other.disabled && other.checkVisibility()).focus();
  if (place(item) === 1) tell(picker, 'covered', from);
  else tell(picker, 'moved', from, place(item));
}

function remove(picker, item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  tell(picker, 'removed', place(item));
  item.remove();
  arrange(picker);
  (next?.querySelector('[data-remove]') ?? picker.querySelector('[type=file]')).focus();
}

function press(picker, button) {
  const item = button.closest('li');
  if (button.matches('[data-remove]')) remove(picker, item);
  else if (button.matches('[data-cover]')) put(picker, item, 0, button);
  else put(picker, item, place(item) - 1 + Number(button.dataset.move), button);
}

for (const picker of document.querySelectorAll('[data-photo-picker]')) {
  let dragged;
  arrange(picker);
  picker.addEventListener('change', ({ target }) => {
    add(picker, target, [...target.files]);
    target.value = '';
  });
  picker.addEventListener('click', ({ target }) => {
    const button = target.closest('li button');
    if (button) press(picker, button);
  });
  picker.addEventListener('dragstart', ({ target, dataTransfer }) => {
    dragged = target.closest('li');
    dragged.classList.add('dragged');
    dataTransfer.effectAllowed = 'move';
  });
  picker.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged');
    dragged = null;
  });
  picker.addEventListener('dragover', (event) => {
    if (dragged) event.preventDefault();
  });
  picker.addEventListener('drop', (event) => {
    const over = event.target.closest('li');
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    put(picker, dragged, place(over) - 1);
  });
}
