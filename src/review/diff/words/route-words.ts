import { entryOf, fieldPattern } from '../../../objects/change/path.ts';
import { moved, type Wording } from '../../../objects/change/phrase.ts';

/** Words for a difference of an Ingress. */
export function ingressWords(wording: Wording): string | undefined {
  const pattern = fieldPattern(wording.path);
  if (pattern === 'spec.ingressClassName') return moved('ingress class', wording);
  const path = entryOf(wording.path, 'paths');
  if (path === undefined) return undefined;
  if (pattern.endsWith('.paths[]'))
    return `route ${path} ${wording.after === undefined ? 'removed' : wording.before === undefined ? 'added' : 'changed'}`;
  if (pattern.endsWith('.backend.service.name')) return moved(`route ${path} → Service`, wording);
  if (/\.backend\.service\.port\.(number|name)$/.test(pattern)) return moved(`route ${path} → port`, wording);
  if (pattern.endsWith('.pathType')) return moved(`route ${path}: path type`, wording);
  return undefined;
}
