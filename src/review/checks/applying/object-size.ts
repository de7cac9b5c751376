import { engineOf } from '../../../engines/engines.ts';
import { foundAt, type Check } from '../../../objects/check.ts';

/** What Kubernetes leaves for all annotations of an object, of which client-side apply takes one for the whole object. */
const annotationBytes = 262_144;

/** What a ConfigMap may hold, and about what the API server's store takes. */
const objectBytes = 1_048_576;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Every object is small enough to be applied as it is synced, and to be stored at all. */
export const objectSize: Check = {
  name: 'object-size',
  inObject(rendered, report, { whole }) {
    const text = JSON.stringify(rendered.object);
    // A character takes three bytes at most, and almost every object is far smaller.
    if (text.length * 3 < annotationBytes) return;
    const bytes = bytesOf(text);
    if (bytes > objectBytes) {
      report(foundAt(rendered, '', `the API server takes at most ${objectBytes} bytes; split it, got ${bytes}`));
      return;
    }
    if (bytes <= annotationBytes) return;
    const { delivery, environment, objects } = whole();
    const advice = engineOf(delivery, environment.name)?.againstCopies(rendered.object, objects);
    if (advice === undefined) return;
    report(
      foundAt(
        rendered,
        '',
        `client-side apply keeps a copy in an annotation of at most ${annotationBytes} bytes; split it, or ${advice}, got ${bytes}`,
      ),
    );
  },
};
