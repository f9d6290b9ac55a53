// Scales each chosen photograph in the browser (which also leaves its position data behind), sends it with a small
// version, and adds its name to the form. Listens on the document, as pages come and go without a reload.
const sizes = { photo: 1600, thumbnail: 480 };

async function scaled(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
}

async function upload(picker, file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new Error(picker.dataset.unreadable.replace('{0}', file.name));
  }
  const body = new FormData();
  for (const [name, longest] of Object.entries(sizes)) body.append(name, await scaled(bitmap, longest), `${name}.jpg`);
  body.append('__RequestVerificationToken', picker.closest('form').elements.__RequestVerificationToken.value);
  let answer;
  try {
    answer = await fetch('/listings/photos', { method: 'POST', body });
  } catch {
    throw new Error(picker.dataset.failed.replace('{0}', file.name));
  }
  const reply = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(reply.detail ?? picker.dataset.failed.replace('{0}', file.name));
  return reply;
}

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
      fill(picker, made, await upload(picker, file));
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
