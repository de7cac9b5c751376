import { createHash } from 'node:crypto';

/**
 * The id that Git gives to a file's contents, so that equal files are known without asking git.
 *
 * @param likeId - any id of the same repository; its length tells SHA-1 from SHA-256
 */
export function blobId(text: string, likeId: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash(likeId.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
