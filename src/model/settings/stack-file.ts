import * as z from 'zod/mini';
import type { Problem } from '../problem.ts';
import { examples, mayStandUnder, renamedSettings, type StackKeys } from './setting-keys.ts';
import { closest } from '../suggestion.ts';

/** Keys at the top of a stack file that are Pulumi's own business. */
const pulumiKeys = ['encryptionsalt', 'secretsprovider', 'encryptedkey'];

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The line that sets a value; a nested one, e.g. `portolan:replicas.orders`, needs `--path`. */
export function configSetLine(
  stack: string,
  key: string,
  options: { readonly secret?: boolean; readonly value?: string } = {},
): string {
  const flags = [...(options.secret === true ? ['--secret'] : []), ...(key.includes('.') ? ['--path'] : [])];
  const value = options.value ?? examples[key] ?? 'VALUE';
  return ['pulumi config set', ...flags, key, ...(options.secret === true ? [] : [value]), `--stack ${stack}`].join(
    ' ',
  );
}

/** A setting that is needed and not there, as a problem with the line that mends it. */
export const missingSetting = (stack: string, key: string, example: { readonly value?: string } = {}): Problem => ({
  path: `Pulumi.${stack}.yaml: config.${key}`,
  message: `is missing; write it with: ${configSetLine(stack, key, example)}`,
});

/** A value as an error may show it: never a structure, never a password in a URL. */
function shown(value: unknown): { readonly given?: unknown } {
  if (value === undefined || (typeof value === 'object' && value !== null)) return {};
  return { given: typeof value === 'string' ? value.replace(/\/\/[^/\s]*@/g, '//...@') : value };
}

const valueAt = (config: Mapping, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (isMapping(value) || Array.isArray(value) ? (value as Mapping)[String(key)] : undefined),
    config,
  );

/** What Pulumi would take from a stack file, and must not be kept in one: why, and what to do instead. */
const outside: Readonly<Record<string, string>> = {
  'github:token':
    'a token that is kept expires there, and Pulumi goes on using it; write: export GITHUB_TOKEN=$(gh auth token)',
};

/** Tells what is wrong with a key that no setting has, without its value, which may be a secret. */
function unknownKey(stack: string, key: string, known: readonly string[], elsewhere: readonly string[]): string {
  const why = outside[key];
  if (why !== undefined) return `${why}; then remove it with: pulumi config rm ${key} --stack ${stack}`;
  if (elsewhere.includes(key)) {
    return stack === 'platform'
      ? 'belongs to one environment; move it to its Pulumi.<environment>.yaml'
      : 'is shared by all environments; move it to Pulumi.platform.yaml';
  }
  const now = renamedSettings[key];
  if (now !== undefined && known.includes(now)) return `is called "${now}" now; write that in its place`;
  // `pulumi config set NAME` puts a setting under the project's name.
  const bare = `portolan:${key.slice(key.indexOf(':') + 1)}`;
  const near = known.includes(bare) ? bare : closest(key, known);
  return near === undefined ? 'there is no such setting; remove it' : `there is no such setting; write "${near}"`;
}

/** Settings that hold others by name; the line that sets one names an example of those. */
const parts: Readonly<Record<string, string>> = {
  'portolan:github': 'plan',
  'portolan:replicas': 'SERVICE',
  'portolan:generations': 'CREDENTIAL',
  'portolan:secrets': 'CREDENTIAL',
};

/** What is wrong with a value, and the line that mends it. */
function mended(stack: string, key: string, message: string, example: Example): string {
  const part = parts[key];
  const line = configSetLine(stack, part === undefined ? key : `${key}.${part}`, {
    secret: key === 'portolan:secrets',
    ...example,
  });
  return `${message}; write it with: ${line}`;
}

/** A value that a person can copy, where one is known besides those of Portolan's own settings. */
interface Example {
  readonly value?: string;
}

/** The keys below which a secret's value stands in plain. */
function plainSecrets(key: string, value: unknown): readonly string[] {
  const plain = isMapping(value)
    ? Object.keys(value).filter(
        (part) => part !== 'secure' && !isMapping(value[part]) && !mayStandUnder(part, value[part]),
      )
    : [];
  return plain.length === 0 ? [key] : plain.map((part) => `${key}.${part}`);
}

function problemsOfIssue(
  stack: string,
  config: Mapping,
  issue: z.core.$ZodIssue,
  { keys, examples: ownExamples }: StackKeys<z.core.$ZodShape>,
  elsewhere: readonly string[],
): readonly Problem[] {
  const key = issue.path.map(String).join('.');
  const path = ['config', key].filter((part) => part !== '').join('.');
  const place = `Pulumi.${stack}.yaml: ${path}`;
  if (issue.code === 'unrecognized_keys') {
    const siblings =
      key === ''
        ? Object.keys(keys)
        : key === 'portolan:github'
          ? ['plan', 'ownerKind', 'appId', 'installationId']
          : [];
    return issue.keys.map((unknown) => ({
      path: `${place}.${unknown}`,
      message: unknownKey(stack, unknown, siblings, key === '' ? elsewhere : []),
    }));
  }
  const own = ownExamples[key];
  const example = own === undefined ? {} : { value: own };
  const value = valueAt(config, issue.path);
  if (value === undefined) return [missingSetting(stack, key, example)];
  const secret = key.startsWith('portolan:secrets.');
  if (secret)
    return plainSecrets(key, value).map((plain) => ({
      path: `Pulumi.${stack}.yaml: config.${plain}`,
      message: `must be encrypted; write it with: ${configSetLine(stack, plain, { secret: true })}`,
    }));
  if (isMapping(value) && 'secure' in value) {
    return [
      {
        path: place,
        message: `must not be encrypted, because the rendering cannot decrypt it; write it with: ${configSetLine(stack, key, example)}`,
      },
    ];
  }
  return [
    { path: place, message: key === '' ? issue.message : mended(stack, key, issue.message, example), ...shown(value) },
  ];
}

/**
 * The settings of one stack file, or nothing when it has problems, which are added to `problems`.
 *
 * @param file - the file's contents as plain data; nothing for a file that is not there or empty
 * @param known - the settings of this file, and what each must be
 * @param elsewhere - the settings of the other kind of file
 */
export function readStackFile<Keys extends z.core.$ZodShape>(
  stack: string,
  file: unknown,
  known: StackKeys<Keys>,
  elsewhere: StackKeys<z.core.$ZodShape>,
  problems: Problem[],
): z.infer<z.ZodMiniObject<Keys, z.core.$strict>> | undefined {
  const name = `Pulumi.${stack}.yaml`;
  const before = problems.length;
  const content = file ?? {};
  if (!isMapping(content)) {
    problems.push({ path: name, message: 'must be a mapping with the key config', ...shown(content) });
    return undefined;
  }
  for (const key of Object.keys(content)) {
    if (key === 'config' || pulumiKeys.includes(key)) continue;
    const message =
      key === 'environment'
        ? 'a Pulumi ESC environment is read by the Pulumi CLI alone, cdk8s cannot read it; write the values under config'
        : unknownKey(stack, key, ['config', ...pulumiKeys], []);
    problems.push({ path: `${name}: ${key}`, message });
  }
  const config = content['config'] ?? {};
  if (!isMapping(config)) {
    problems.push({ path: `${name}: config`, message: 'must be a mapping of settings', ...shown(config) });
    return undefined;
  }
  const parsed = z.strictObject(known.keys).safeParse(config);
  if (parsed.success) return problems.length > before ? undefined : parsed.data;
  problems.push(
    ...parsed.error.issues.flatMap((issue) =>
      problemsOfIssue(stack, config, issue, known, Object.keys(elsewhere.keys)),
    ),
  );
  return undefined;
}
