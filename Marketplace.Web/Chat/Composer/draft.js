// What one has begun to write in a room: `text`, and `base`, what the server had of it when this was last agreed. Each tab has
// its own, over a reload too; the newest of all tabs is there for a tab that has none, and for one that was closed.

/// What to begin with, where the server keeps `kept`.
export function begin(name, kept) {
  const [tab, newest] = [look(sessionStorage, name), look(localStorage, name)];
  const mine = tab ?? newest;
  // Cleared here, and written anew at another device: that counts.
  if (mine && mine.text !== mine.base && (mine.text || mine.base === kept)) return mine;
  // What the server has is another tab's, not another device's.
  if (tab?.text && newest?.text === kept && kept !== tab.text) return tab;
  return { text: kept, base: kept };
}

/// What is in this tab's box now.
export function keep(name, draft) {
  for (const storage of ['sessionStorage', 'localStorage']) put(storage, name, draft);
}

/// As `keep`, for what was sent or taken: what another tab has begun meanwhile stays the newest. Whether it was this tab's.
export function settle(name, draft, before) {
  const newest = look(localStorage, name);
  const isMine = !newest || newest.text === before || newest.text === draft.text;
  put('sessionStorage', name, draft);
  if (isMine) put('localStorage', name, draft);
  return isMine;
}

function look(storage, name) {
  try {
    const draft = JSON.parse(storage.getItem(name));
    return typeof draft?.text === 'string' ? draft : null;
  } catch {
    return null;
  }
}

function put(storage, name, draft) {
  try {
    globalThis[storage].setItem(name, JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the safety net only.
  }
}
