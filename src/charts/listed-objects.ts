import { Construct } from 'constructs';
import type { Place } from '../constructs/place.ts';
import { RawObject } from '../constructs/raw-object.ts';
import type { KubernetesObject } from '../model/application.ts';

/** Where objects are listed, and in what. */
export interface OwnObjectsProps {
  readonly place: Place;
  /** Of whose `objects`, in the delivery. */
  readonly path: string;
}

/** Another of this kind and name may be of another group, or in another namespace; whether it is the same one is told later. */
const freeId = ({ node }: Construct, id: string, i: number): string =>
  node.tryFindChild(id) === undefined ? id : `${id}-${i}`;

/** The objects that an application, or a toolchain, lists itself. */
export class OwnObjects extends Construct {
  constructor(scope: Construct, id: string, { place, path }: OwnObjectsProps) {
    super(scope, id);
    (place.application.objects ?? []).forEach((object, i) => {
      const id = freeId(this, `${object.kind}-${object.metadata.name}`, i);
      new RawObject(this, id, { place, object, path: `${path}.objects[${i}]` });
    });
  }
}

/** What builders and promoters need in a place. */
export interface ToolObjectsProps {
  readonly place: Place;
  readonly objects: readonly KubernetesObject[];
}

/** The objects that builders and promoters need in a place. Two namespaces of it may have objects of one name. */
export class ToolObjects extends Construct {
  constructor(scope: Construct, id: string, { place, objects }: ToolObjectsProps) {
    super(scope, id);
    objects.forEach((object, i) => {
      const { kind, metadata } = object;
      const path = `what builders and promoters need in ${place.environment.name}: ${kind}/${metadata.name}`;
      const id = [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('-');
      new RawObject(this, freeId(this, id, i), { place, object, path });
    });
  }
}
