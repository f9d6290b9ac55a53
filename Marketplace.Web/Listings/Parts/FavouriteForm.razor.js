const shown = 4000;
let hiding;

function say(sentence) {
  const status = document.querySelector('[data-favourite-status]');
  status.textContent = sentence;
  clearTimeout(hiding);
  hiding = setTimeout(() => { status.textContent = ''; }, shown);
}

function flip(heart) {
  const saved = heart.value === 'true';
  heart.setAttribute('aria-pressed', String(saved));
  heart.value = String(!saved);
  return saved;
}

// Falls back to a full submit, so that the server's page explains a refusal (sign in again, press again, not found).
function leave(form, heart) {
  form.action = heart.formAction;
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: heart.name, value: heart.value }));
  form.submit();
}

document.addEventListener('submit', async (event) => {
  const { target: form, submitter: heart } = event;
  if (form.id !== 'favourite' || !heart) return;
  event.preventDefault();
  if (heart.ariaBusy) return;
  heart.ariaBusy = 'true';
  try {
    const answer = await fetch(heart.formAction, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form, heart)),
      headers: { Accept: 'application/json' },
      redirect: 'manual',
    });
    if (answer.ok) say(flip(heart) ? form.dataset.saved : form.dataset.removed);
    else leave(form, heart);
  } catch {
    say(form.dataset.failed);
  } finally {
    heart.ariaBusy = null;
  }
});
