import { moved, type Wording } from '../../../objects/change/phrase.ts';

interface Image {
  readonly repository: string;
  /** @default - none */
  readonly tag?: string;
  /** @default - none */
  readonly digest?: string;
}

/** A change of an image: of the tag alone where the repository stays, e.g. `image v1.2 → v1.3`. */
export function imageWords(wording: Wording): string {
  const { before, after } = wording;
  if (typeof before !== 'string' || typeof after !== 'string') return moved('image', wording);
  const [left, right] = [imageOf(before), imageOf(after)];
  if (left.repository !== right.repository)
    return moved('image', {
      before: `${left.repository}${suffix(left)}`,
      after: `${right.repository}${suffix(right)}`,
    });
  if (left.tag !== right.tag)
    return moved('image', { before: left.tag ?? digestWords(left), after: right.tag ?? digestWords(right) });
  const tag = right.tag === undefined ? '' : ` ${right.tag}`;
  if (left.digest === undefined || right.digest === undefined)
    return `image${tag} ${right.digest === undefined ? 'no longer pinned' : 'pinned'} to ${digestWords(right.digest === undefined ? left : right)}`;
  return `image${tag} built again: ${digestWords(left)} → ${digestWords(right)}`;
}

function imageOf(reference: string): Image {
  const [name = '', digest] = reference.split('@');
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  return {
    repository: hasTag ? name.slice(0, colon) : name,
    ...(hasTag ? { tag: name.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

const suffix = ({ tag, digest }: Image): string =>
  tag === undefined ? (digest === undefined ? '' : `@${digest.slice(0, 19)}`) : `:${tag}`;

/** Enough of a digest to tell two apart. */
const digestWords = ({ digest }: Image): string => (digest === undefined ? 'no tag' : digest.slice(0, 19));
