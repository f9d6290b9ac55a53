const patience = 2000; // ms until a refused mark is sent again

export class ReadMark {
  seen;
  #told;
  #tell;

  constructor(seen, tell) {
    this.seen = seen;
    this.#told = seen;
    this.#tell = tell;
  }

  see(seq) { this.seen = Math.max(this.seen, seq); }

  // Sends the mark if it has risen. A hidden window has seen nothing.
  async tell() {
    if (this.seen <= this.#told || document.visibilityState !== 'visible') return;
    const before = this.#told;
    this.#told = this.seen;
    const isTaken = await this.#tell(this.seen).catch(() => null);
    if (isTaken) return;
    // Without a circuit, the page sends it again on reconnection.
    if (isTaken === null) this.#told = before;
    else setTimeout(() => { this.#told = before; this.tell(); }, patience);
  }
}
