/** What a field carries of a version: a whole reference (`acme/orders:v1.2.0`), its tag, which is also a chart's version, or its digest. */
export type CarriedPart = 'reference' | 'tag' | 'digest';

/** A field of a file that carries the version of an artifact. Who may move it may change it, and nothing else of the file. */
export type MovableField =
  /** Every `image:` line that names a registry repository. */
  | {
      readonly kind: 'image';
      /** Name of the artifact. */
      readonly artifact: string;
      /** Registry repository, e.g. `acme/orders`. */
      readonly repository: string;
    }
  /** The value at a place of a YAML file, e.g. `dependencies`, 0, `version` of a chart. */
  | {
      readonly kind: 'value';
      /** Name of the artifact. */
      readonly artifact: string;
      /** Keys and positions that lead to it. */
      readonly path: readonly (string | number)[];
      readonly carries: CarriedPart;
    }
  /** The value on every line that ends in a comment of this text, e.g. `{"$imagepolicy": "flux-system:orders"}`. */
  | {
      readonly kind: 'marker';
      /** Name of the artifact. */
      readonly artifact: string;
      /** What the comment says, without its sign. */
      readonly marker: string;
      readonly carries: CarriedPart;
    };
