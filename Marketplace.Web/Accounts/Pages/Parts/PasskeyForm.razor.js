for (const form of document.querySelectorAll('[data-passkey]')) {
  if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  const credential = form.elements['Form.Credential'];
  const problem = form.querySelector('[data-failed]');
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    if (credential.value) return;
    event.preventDefault();
    problem.hidden = true;
    try {
      credential.value = JSON.stringify(await ask(form));
      form.requestSubmit();
    } catch (failure) {
      // The person cancelled, the device has none, or this page is too old.
      problem.textContent = failure.sentence ?? problem.dataset.failed;
      problem.hidden = false;
    }
  });
}

async function ask({ dataset: { passkey: kind }, elements }) {
  const answer = await fetch(`/account/passkeys/${kind}`, {
    method: 'POST',
    headers: { RequestVerificationToken: elements.__RequestVerificationToken.value },
  });
  const options = await answer.json();
  if (answer.status === 401) throw Object.assign(new Error(), { sentence: options.detail });
  return kind === 'creation'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}
