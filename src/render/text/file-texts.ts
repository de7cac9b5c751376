import type { KubernetesObject } from '../../model/application.ts';
import type { EarlierObjects } from '../render-settings.ts';
import { writeYaml, type Json } from './write-yaml.ts';

/** The texts of objects' files, each written once: those of what earlier starts made are known. */
export class FileTexts {
  readonly #written = new Map<KubernetesObject, string>();

  constructor(private readonly earlier: EarlierObjects | undefined) {}

  of(object: KubernetesObject): string {
    // Nobody asks twice but who keeps it.
    if (this.earlier === undefined) return writeYaml(object as Json);
    const text = this.earlier.textOf(object) ?? this.#written.get(object) ?? writeYaml(object as Json);
    this.#written.set(object, text);
    return text;
  }
}
