// The newest message that stood in a visible window, and what the server knows of it.
const patience = 2000; // ms until a mark that the server did not take is told again

export class ReadMark {
  /// The newest seq that was seen.
  seen;
  #told;
  #tell;

  /// `tell(seq)` promises whether the server took the mark: false while it is busy.
  constructor(seen, tell) {
    this.seen = seen;
    this.#told = seen;
    this.#tell = tell;
  }

  see(seq) { this.seen = Math.max(this.seen, seq); }

  /// Tells the server what it does not know yet. A hidden window has seen nothing.
  async tell() {
    if (this.seen <= this.#told || document.visibilityState !== 'visible') return;
    const before = this.#told;
    this.#told = this.seen;
    const isTaken = await this.#tell(this.seen).catch(() => null);
    if (isTaken) return;
    // Without a circuit the page tells again when it is back.
    if (isTaken === null) this.#told = before;
    else setTimeout(() => { this.#told = before; this.tell(); }, patience);
  }
}
