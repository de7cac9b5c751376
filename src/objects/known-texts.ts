/** Files are not kept, and a table of everything would cost more than looking again. */
const longest = 100;
const most = 2000;

/** Texts that were found right. Most texts of an environment stand in many objects, and need one look. */
export class KnownTexts {
  readonly #texts = new Set<string>();

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > longest) return;
    if (this.#texts.size >= most) this.#texts.clear();
    this.#texts.add(text);
  }
}
