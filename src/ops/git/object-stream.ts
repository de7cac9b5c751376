/** What a repository holds under a name: a file, a folder, a commit or a tag. */
export interface GitObject {
  readonly id: string;
  /** `blob`, `tree`, `commit` or `tag`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** What `git cat-file --batch` has written and nobody has taken yet. */
export class ObjectStream {
  private chunks: Buffer[] = [];
  private length = 0;
  /** The object whose contents are awaited. */
  private head: { readonly id: string; readonly type: string; readonly size: number } | undefined;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
  }

  /** The next answer, with nothing found where there is no such object; undefined until all of it is there. */
  object(): { readonly found?: GitObject } | undefined {
    if (this.head === undefined) {
      const line = this.line();
      if (line === undefined) return undefined;
      const [, id = '', type = '', size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line) ?? [];
      if (size === undefined) return {};
      this.head = { id, type, size: Number(size) };
    }
    const { size, ...head } = this.head;
    // A line end follows the contents.
    const bytes = this.bytes(size + 1);
    if (bytes === undefined) return undefined;
    this.head = undefined;
    return { found: { ...head, bytes: bytes.subarray(0, size) } };
  }

  private line(): string | undefined {
    if (this.chunks.length > 1 && !this.chunks[0]?.includes('\n')) this.chunks = [Buffer.concat(this.chunks)];
    const end = this.chunks[0]?.indexOf('\n') ?? -1;
    return end === -1 ? undefined : this.bytes(end + 1)?.toString('utf8', 0, end);
  }

  private bytes(count: number): Buffer | undefined {
    if (this.length < count) return undefined;
    if ((this.chunks[0]?.length ?? 0) < count) this.chunks = [Buffer.concat(this.chunks)];
    const [first = Buffer.alloc(0), ...rest] = this.chunks;
    const left = first.subarray(count);
    this.chunks = left.length === 0 ? rest : [left, ...rest];
    this.length -= count;
    return first.subarray(0, count);
  }
}
