const longest = 1600;

async function scaled(bitmap) {
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

/// Resolves to the names { file, thumbnail }. Rejects with a sentence for the reader: `words.unreadable` or
/// `words.failed` ({0} is the file's name), or the server's own.
export async function upload(file, words, { progress = () => {}, signal } = {}) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new Error(words.unreadable.replace('{0}', file.name));
  }
  const body = new FormData();
  body.append('photo', await scaled(bitmap), 'photo.jpg');
  bitmap.close();
  body.append('__RequestVerificationToken', document.querySelector('input[name="__RequestVerificationToken"]').value);
  return send(body, words.failed.replace('{0}', file.name), progress, signal);
}

// XMLHttpRequest, because fetch reports no upload progress.
function send(body, failed, progress, signal) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/files');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () => (request.status === 200 && request.response ? done(request.response) : fail(new Error(request.response?.detail ?? failed)));
    request.onerror = () => fail(new Error(failed));
    request.onabort = () => fail(new DOMException('', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
