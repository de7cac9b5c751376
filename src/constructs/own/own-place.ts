import { credentialGeneration } from '../annotations.ts';
import type { Neighbour } from '../neighbour.ts';
import type { Place } from '../place.ts';
import type { Artifact } from '../../model/artifact.ts';
import type { ConstructPlace } from '../../model/application.ts';
import { objectName } from '../../model/names.ts';
import { unknownName } from '../../model/suggestion.ts';

/** A place as a construct of the user's own sees it. What it asks for and is not there is refused where it asks. */
export class OwnPlace implements ConstructPlace {
  readonly environment: string;
  readonly application: string;
  readonly namespace: string;
  /** Artifacts whose image was asked for, by the reference that was given. */
  readonly asked = new Map<string, string>();

  /**
   * @param tag - stands for the release in every reference, until a release sets it
   * @param path - of the constructs in the delivery, for error messages
   */
  constructor(
    private readonly place: Place,
    private readonly artifacts: readonly Artifact[],
    private readonly tag: string,
    private readonly path: string,
  ) {
    this.environment = place.environment.name;
    this.application = place.application.name;
    this.namespace = place.environment.namespace;
  }

  name(base: string): string {
    return objectName(this.place.environment, base);
  }

  image(name: string): string {
    const artifact = this.artifacts.find((it) => it.kind === 'image' && it.name === name);
    if (artifact === undefined) {
      const images = this.artifacts.filter(({ kind }) => kind === 'image');
      return this.unknown(
        'image',
        'artifact',
        name,
        images.map((it) => it.name),
      );
    }
    // Two artifacts of one repository are still two.
    const reference = `${artifact.repository}:${this.tag}-${this.artifacts.indexOf(artifact)}`;
    this.asked.set(reference, name);
    return reference;
  }

  host(of: string): string {
    return this.neighbour(of, 'host').host;
  }

  port(of: string, name: string): number {
    const { ports } = this.neighbour(of, 'port');
    const { port } = ports.get(name) ?? this.unknown('port', `port of "${of}"`, name, [...ports.keys()]);
    return port;
  }

  pods(of: string): Readonly<Record<string, string>> {
    this.neighbour(of, 'pods');
    return { ...this.place.podLabels(of, `${this.path}.pods`) };
  }

  secret(name: string, key: string): { readonly name: string; readonly key: string } {
    const { secretName } = this.place.credential(name, `${this.path}.secret`);
    const keys: readonly string[] = this.place.environment.credentials.find((it) => it.name === name)?.store.keys ?? [];
    if (!keys.includes(key)) this.unknown('secret', `key of "${name}"`, key, keys);
    return { name: secretName, key };
  }

  rotation(name: string): Readonly<Record<string, string>> {
    const { generation } = this.place.credential(name, `${this.path}.rotation`);
    return { [credentialGeneration(name)]: String(generation) };
  }

  private neighbour(of: string, asked: string): Neighbour {
    const { neighbours } = this.place;
    return (
      neighbours.get(of) ?? this.unknown(asked, 'service or database of the application', of, [...neighbours.keys()])
    );
  }

  private unknown(asked: string, kind: string, given: string, known: readonly string[]): never {
    return this.place.refuse(`${this.path}.${asked}`, unknownName(kind, given, known), given);
  }
}
