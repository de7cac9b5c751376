import type { Path } from '../../../objects/change/path.ts';

/** Annotations of a pod template that only exist to make new pods; their values say nothing to people. */
export type PodMarker =
  /** A checksum of configuration that the pods use. */
  | { readonly kind: 'checksum' }
  /** The generation of a credential that the pods use. */
  | { readonly kind: 'credential'; readonly credential: string }
  /** `kubectl rollout restart` or the like. */
  | { readonly kind: 'restart' };

const credential = /^portolan\/credential\.(.+)$/;
const checksum = /(?:^|[/.-])(?:checksum|config-?hash|sha256)(?:$|[/.-])|(?:^|[/.-])[\w-]*checksum$/i;

/** What a path below a pod template marks, when it is such an annotation. */
export function podMarkerAt(path: Path): PodMarker | undefined {
  const [metadata, annotations, name, ...rest] = path;
  if (metadata !== 'metadata' || annotations !== 'annotations' || typeof name !== 'string' || rest.length > 0)
    return undefined;
  const held = credential.exec(name)?.[1];
  if (held !== undefined) return { kind: 'credential', credential: held };
  if (checksum.test(name)) return { kind: 'checksum' };
  return name === 'kubectl.kubernetes.io/restartedAt' ? { kind: 'restart' } : undefined;
}
