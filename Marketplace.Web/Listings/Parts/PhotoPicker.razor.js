// Sends each chosen photograph and adds its name to the form. Listens on the document, as pages come and go without a
// reload.
import { upload } from '/pictures.js';

function item(picker) {
  const made = document.createElement('li');
  made.append(Object.assign(document.createElement('progress'), { ariaLabel: picker.dataset.uploading }));
  picker.querySelector('ul').append(made);
  return made;
}

function fill(picker, made, photo) {
  const remove = Object.assign(document.createElement('button'), { type: 'button', className: 'icon-button', ariaLabel: picker.dataset.remove, textContent: '✕' });
  made.replaceChildren(
    Object.assign(document.createElement('img'), { src: `/files/${photo.thumbnail}`, alt: '' }),
    Object.assign(document.createElement('input'), { type: 'hidden', value: `${photo.file}/${photo.thumbnail}` }),
    remove,
  );
}

function number(picker) {
  picker.querySelectorAll('input[type=hidden]').forEach((input, index) => { input.name = `Form.Photos[${index}]`; });
}

function say(picker, sentence) {
  const place = picker.querySelector('[role=alert]');
  place.textContent = sentence ?? '';
  place.hidden = !sentence;
}

async function add(picker, files) {
  say(picker, null);
  for (const file of files) {
    if (picker.querySelectorAll('li').length >= Number(picker.dataset.most)) return say(picker, picker.dataset.tooMany);
    const made = item(picker);
    try {
      fill(picker, made, await upload(file, picker.dataset));
    } catch (problem) {
      made.remove();
      say(picker, problem.message);
    }
    number(picker);
  }
}

document.addEventListener('change', ({ target }) => {
  const picker = target.type === 'file' && target.closest('[data-photo-picker]');
  if (!picker) return;
  add(picker, [...target.files]);
  target.value = '';
});
document.addEventListener('click', ({ target }) => {
  const picker = target.closest('[data-photo-picker]');
  const button = target.closest('li button');
  if (!picker || !button) return;
  button.closest('li').remove();
  number(picker);
});
