import { everyEngine } from '../../../engines/engines.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check, type CheckInput, type Report } from '../../../objects/check.ts';
import { fieldPath, placesOf, textMapOf, textOf, valueAt, type FieldPlace } from '../../../objects/fields.ts';

/** Names that say: this is a secret. The file or the name of one is none, e.g. `PASSWORD_FILE`. */
const secretWords =
  /(?:passw(?:or)?d|passphrase|(?:^|[_.-])p(?:ass|wd)|secret|token|(?:api|private|access|signing)[_-]?key|webhook[_-]?url|credentials?)$/i;

const isSecretName = (name: string): boolean =>
  secretWords.test(name) || secretWords.test(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2'));

/** A line of a properties, env or YAML file with such a name; a variable as value is fine. */
const secretLine = /^[ \t]*(?:export[ \t]+)?["']?([\w.-]+)["']?[ \t]*[:=][ \t]*["']?([^\s"'$<{%][^\s"']*)/gm;

/** Files whose lines are names and values. Lines of a script only look like that. */
const settingsFile = /(?:^|\.)(?:properties|env|ya?ml|json|toml|ini|conf|cfg)$/i;

/** Values that no password is. */
const harmless = /^(?:true|false|null|none|\d{1,4}|)$/i;

/**
 * No value is written out under a name that says it is a secret, or under the key of a declared credential: in a
 * variable, in a parameter of a chart, in a ConfigMap, or on a line of a file in one. The value is never shown.
 */
export const secretLiterals: Check = {
  name: 'secret-literals',
  find(input, report) {
    const isSecret = secretNames(input);
    for (const { rendered, containers } of input.objects.workloads) {
      for (const { variables } of containers) reportEntries(variables, rendered, isSecret, report);
    }
    for (const [kind, paths] of everyEngine.flatMap(({ parameters }) => Object.entries(parameters))) {
      for (const rendered of input.objects.ofKind(kind)) {
        for (const path of paths)
          reportEntries(placesOf(valueAt(rendered.object, ...path.split('.')), path), rendered, isSecret, report);
      }
    }
    for (const rendered of input.objects.ofKind('ConfigMap')) {
      const data = textMapOf(rendered.object['data']);
      for (const key of Object.keys(data)) {
        for (const name of namesInEntry(key, data[key] ?? '', isSecret))
          report(foundAt(rendered, fieldPath('data', key), advice(name)));
      }
    }
  },
};

const advice = (name: string): string =>
  `"${name}" is written out, and everybody who reads the branch has it; declare a credential and refer to its key`;

/** Not empty, not a switch or a small number, and not made of variables. */
const isLiteral = (value: string): boolean => !harmless.test(value) && !/^\$[({A-Za-z_]/.test(value);

/** Variables and parameters have a name and a value. */
function reportEntries(
  entries: readonly FieldPlace[],
  rendered: RenderedObject,
  isSecret: (name: string) => boolean,
  report: Report,
): void {
  for (const { fields, path } of entries) {
    const value = textOf(fields['value']);
    if (value === undefined) continue;
    const name = textOf(fields['name']) ?? '';
    if (isSecret(name) && isLiteral(value)) report(foundAt(rendered, `${path}.value`, advice(name)));
  }
}

/** The names of secrets that an entry of a ConfigMap writes out. */
function namesInEntry(key: string, value: string, isSecret: (name: string) => boolean): readonly string[] {
  if (isSecret(key) && isLiteral(value)) return [key];
  if (!settingsFile.test(key)) return [];
  return [...value.matchAll(secretLine)].flatMap(([, name = '', given = '']) =>
    isSecret(name) && isLiteral(given) ? [name] : [],
  );
}

function secretNames({ delivery, environment }: CheckInput): (name: string) => boolean {
  const stores = [...delivery.credentials, ...environment.credentials].map(({ store }) => store);
  // A key such as `username` or `url` of one credential is an ordinary word elsewhere.
  const keys = new Set(
    stores
      .flatMap((store) => (store.kind === 'kubernetes' ? store.keys : []))
      .filter((key) => /[_.-]/.test(key) || isSecretName(key)),
  );
  return (name) => keys.has(name) || isSecretName(name);
}
