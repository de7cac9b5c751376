import { foundAt, type Check, type CheckInput } from '../check.ts';
import { fieldPath, placesOf, textMapOf, textOf, valueAt } from '../objects/fields.ts';

/** Names that say: this is a secret. The file or the name of one is none, e.g. `PASSWORD_FILE`. */
const secretName = /(?:passw(?:or)?d|passphrase|(?:^|[_.-])p(?:ass|wd)|secret|token|(?:api|private|access|signing)[_-]?key|webhook[_-]?url|credentials?)$/i;

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
  *find(input) {
    const isSecret = secretNames(input);
    for (const { rendered, containers } of input.objects.workloads) {
      for (const { fields, path } of containers) {
        for (const { fields: variable, path: at } of placesOf(fields['env'], `${path}.env`)) {
          const name = textOf(variable['name']) ?? '';
          const value = textOf(variable['value']);
          if (value !== undefined && isSecret(name) && isLiteral(value)) yield foundAt(rendered, `${at}.value`, advice(name));
        }
      }
    }
    for (const rendered of input.objects.ofKind('Application.argoproj.io')) {
      const path = 'spec.source.helm.parameters';
      for (const { fields, path: at } of placesOf(valueAt(rendered.object, ...path.split('.')), path)) {
        const name = textOf(fields['name']) ?? '';
        if (isSecret(name) && isLiteral(textOf(fields['value']) ?? '')) yield foundAt(rendered, `${at}.value`, advice(name));
      }
    }
    for (const rendered of input.objects.ofKind('ConfigMap')) {
      for (const [key, value] of Object.entries(textMapOf(rendered.object['data']))) {
        const lines = settingsFile.test(key) ? [...value.matchAll(secretLine)] : [];
        const names = isSecret(key) && isLiteral(value) ? [key] : lines.flatMap(([, name = '', given = '']) => (isSecret(name) && isLiteral(given) ? [name] : []));
        for (const name of names) yield foundAt(rendered, fieldPath('data', key), advice(name));
      }
    }
  },
};

const advice = (name: string): string => `"${name}" is written out, and everybody who reads the branch has it; declare a credential and refer to its key`;

/** Not empty, not a switch or a small number, and not made of variables. */
const isLiteral = (value: string): boolean => !harmless.test(value) && !/^\$[({A-Za-z_]/.test(value);

function secretNames({ delivery, environment }: CheckInput): (name: string) => boolean {
  const stores = [...delivery.credentials, ...environment.credentials].map(({ store }) => store);
  // A key such as `username` or `url` of one credential is an ordinary word elsewhere.
  const keys = new Set(stores.flatMap((store) => (store.kind === 'kubernetes' ? store.keys : [])).filter((key) => /[_.-]/.test(key) || secretName.test(key)));
  return (name) => keys.has(name) || secretName.test(name);
}
