import { createHash } from 'node:crypto';

/** An `image:` line of a manifest and its value, quoted or not. */
const IMAGE_LINE = /^([ \t]*(?:- )?"?image"?:[ \t]*)(["']?)([^\s"'#]+)\2([ \t]*,?)$/gm;

/** Whether an image reference names one of these registry repositories, at whatever version. */
const isOf = (reference: string, repositories: ReadonlySet<string>): boolean =>
  repositories.has(reference.replace(/@.*$/, '').replace(/:[^/:]*$/, ''));

/**
 * Digest of a file without the versions of the images that a release sets, so that a tool that only moves those versions
 * edits nothing.
 *
 * @param repositories - registry repositories of those images, e.g. `acme/orders`
 */
export function fileDigest(text: string, repositories: readonly string[] = []): string {
  const set = new Set(repositories);
  const fixed =
    set.size === 0
      ? text
      : text.replace(IMAGE_LINE, (whole, start: string, _quote: string, reference: string, end: string) =>
          isOf(reference, set) ? `${start}${end}` : whole,
        );
  return `sha256:${createHash('sha256').update(fixed, 'utf8').digest('hex')}`;
}

/** The references of those images that a file carries, in its order. */
export const imagesIn = (text: string, repositories: readonly string[]): readonly string[] =>
  imageLinesOf(text, new Set(repositories)).map(({ value }) => value);

/** Where a file carries references of those images: from quote to quote, where there are any. */
export function imageLinesOf(
  text: string,
  repositories: ReadonlySet<string>,
): readonly { readonly start: number; readonly end: number; readonly value: string }[] {
  return [...text.matchAll(IMAGE_LINE)].flatMap(({ index, 1: before = '', 2: quote = '', 3: value = '' }) => {
    const start = index + before.length;
    return isOf(value, repositories) ? [{ start, end: start + value.length + 2 * quote.length, value }] : [];
  });
}
