import { wholeCommit } from './commit.ts';

/** An image reference, taken apart. */
export interface ImageReference {
  /** Registry and repository as they were written, e.g. `ghcr.io/acme/orders`. */
  readonly repository: string;
  readonly tag?: string;
  /** E.g. `sha256:…`. */
  readonly digest?: string;
}

const hostPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = new RegExp(`^(?:${hostPart}(?:\\.${hostPart})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?$`);
const pathPart = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const imageTag = /^\w[\w.-]{0,127}$/;
const imageDigest = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

/** A repository of 64 hexadecimal digits would be taken for the id of an image. */
const imageId = /^[0-9a-f]{64}$/;

/** Whether the first part of a repository is a host and not a folder on Docker Hub. */
export const isRegistryHost = (first: string): boolean => /[.:[]/.test(first) || first === 'localhost';

/** Whether a registry is on this machine, which is asked without encryption; of a whole repository its first part counts. */
export const isLoopback = (registry: string): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(registry.split('/')[0] ?? '');

/** Whether a runtime reads this as the tag of an image: no `+`, which versions with build metadata have. */
export const isImageTag = (text: string): boolean => imageTag.test(text);

/** Whether a runtime reads this as a repository, without tag and digest, e.g. `ghcr.io/acme/orders`. */
export function isImageRepository(text: string): boolean {
  const [first = '', ...rest] = text.split('/');
  if (text.length > 255) return false;
  if (rest.length > 0 && isRegistryHost(first)) return host.test(first) && rest.every((part) => pathPart.test(part));
  return !imageId.test(text) && [first, ...rest].every((part) => pathPart.test(part));
}

/**
 * Takes an image reference apart by the grammar that registries and runtimes share.
 *
 * @returns undefined when no runtime would read it
 * @see https://github.com/distribution/reference
 */
export function imageReference(text: string): ImageReference | undefined {
  const at = text.indexOf('@');
  const named = at === -1 ? text : text.slice(0, at);
  const digest = at === -1 ? undefined : text.slice(at + 1);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const repository = hasTag ? named.slice(0, colon) : named;
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  if (!isImageRepository(repository)) return undefined;
  if (tag !== undefined && !imageTag.test(tag)) return undefined;
  if (digest !== undefined && !imageDigest.test(digest)) return undefined;
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** What a tag begins with that says how an image is built, not which version of the program is in it. */
const flavour =
  /^(?:alpine|slim|debian|ubuntu|bullseye|bookworm|trixie|forky|focal|jammy|noble|distroless|fpm|apache|windowsservercore|nanoserver|ubi)[\d.]*(?:-|$)/;

/**
 * Whether a digest was written by hand to stand for one, e.g. `sha256:bbbb…`: a few digits again and again. No image has such a digest.
 */
export const isStandInDigest = (digest: string): boolean => /^sha256:([0-9a-f]{1,16}?)\1+$/.test(digest);

/**
 * Whether a tag names another image after the next push: it holds no version, e.g. `latest`, `edge`, `lts` or `alpine3.22`.
 * A digest beside it makes it harmless. A commit stays what it is, also the one in millions whose digits are all letters.
 */
export const isMovingTag = (tag: string): boolean => (!/\d/.test(tag) && !wholeCommit.test(tag)) || flavour.test(tag);
