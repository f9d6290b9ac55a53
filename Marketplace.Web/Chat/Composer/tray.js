// Uploads are kept with the draft; unfinished files in the Cache API where available, to upload again after a reload.
import { upload } from '/Files/pictures.js';

export function makeTray(area, { key, most, words, changed, say }) {
  const list = area.querySelector('[data-tray]');
  const input = area.querySelector('[data-files]');
  const items = read().map((photo) => ({ photo }));

  function read() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? [];
    } catch {
      return [];
    }
  }

  function keep() {
    const arrived = items.filter((item) => item.photo).map((item) => item.photo);
    try {
      if (arrived.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(arrived));
    } catch {
      // Only the recovery after a reload needs the storage.
    }
    draw();
    changed();
  }

  function reason() {
    const stuck = items.find((item) => item.failed);
    return stuck ? words.stuck.replace('{0}', stuck.failed) : null;
  }

  function add(files) {
    say(reason());
    for (const file of files) {
      if (!file.type.startsWith('image/')) continue;
      if (items.length >= most) return say(words.tooMany);
      begin(file, shelve(file).catch(() => () => {}));
    }
  }

  function begin(file, shelved) {
    const item = { file, shelved, preview: URL.createObjectURL(file) };
    items.push(item);
    start(item);
  }

  async function shelve(file) {
    const shelf = await caches.open('tray');
    const place = `/${key}/${crypto.randomUUID()}/${encodeURIComponent(file.name)}`;
    await shelf.put(place, new Response(file));
    return () => shelf.delete(place);
  }

  async function beginAgain() {
    const shelf = await caches.open('tray');
    for (const { url } of await shelf.keys()) {
      const [, whose, , name] = new URL(url).pathname.split('/');
      if (whose !== key) continue;
      const blob = await (await shelf.match(url)).blob();
      begin(new File([blob], decodeURIComponent(name), { type: blob.type }), Promise.resolve(() => shelf.delete(url)));
    }
  }

  async function start(item) {
    item.progress = 0;
    item.control = new AbortController();
    draw();
    try {
      item.photo = await upload(item.file, words, {
        signal: item.control.signal,
        progress: (part) => { item.progress = part; draw(); },
      });
      leaveShelf(item);
    } catch (problem) {
      if (problem.name === 'AbortError') return;
      item.failed = problem.message;
      say(reason());
    }
    keep();
  }

  function leaveShelf(item) { item.shelved?.then((leave) => leave()); }

  function again(item) {
    item.failed = null;
    say(reason());
    start(item);
  }

  function remove(item) {
    item.control?.abort();
    leaveShelf(item);
    if (item.preview) URL.revokeObjectURL(item.preview);
    items.splice(items.indexOf(item), 1);
    say(reason());
    keep();
  }

  function draw() {
    list.hidden = items.length === 0;
    list.replaceChildren(...items.map(row));
  }

  function row(item) {
    const made = document.createElement('li');
    made.append(Object.assign(document.createElement('img'), { src: item.preview ?? `/files/${item.photo.thumbnail}`, alt: '' }));
    if (!item.photo && !item.failed) made.append(Object.assign(document.createElement('progress'), { value: item.progress, ariaLabel: words.uploading }));
    if (item.failed) made.append(button('↻', words.retry, () => again(item), 'again'));
    made.append(button('✕', words.remove, () => remove(item), 'away'));
    return made;
  }

  function button(text, name, act, place) {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: place, textContent: text, ariaLabel: name });
    made.addEventListener('click', act);
    return made;
  }

  const onDrop = (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  };
  input.addEventListener('change', () => {
    add([...input.files]);
    input.value = '';
  });
  area.addEventListener('paste', (event) => { if (event.clipboardData?.files.length) { event.preventDefault(); add(event.clipboardData.files); } });
  area.parentElement.addEventListener('dragover', (event) => event.preventDefault());
  area.parentElement.addEventListener('drop', onDrop);
  draw();
  beginAgain().catch(() => {});

  return {
    get isEmpty() { return items.length === 0; },
    get isReady() { return items.every((item) => item.photo); },
    get problem() { return reason() ?? words.uploading; },
    take() {
      const photos = items.map((item) => item.photo);
      for (const item of items.splice(0)) if (item.preview) URL.revokeObjectURL(item.preview);
      keep();
      return photos;
    },
  };
}
