import * as z from 'zod/mini';
// By name: whoever takes them from z.core takes all of Zod with it, its messages in forty languages too, into every start.
import { $ZodAsyncError, $ZodRealError } from 'zod/v4/core';
import { ProblemsError, type Problem } from '../problem.ts';
import { isEncrypted, portolanSettings, type StackKeys } from './setting-keys.ts';
import { unknownName } from '../suggestion.ts';

/** What a project reads from its stack files beside Portolan's own settings: the type of each, by its name. */
export interface OwnSettings {
  /** What all environments share, from `Pulumi.platform.yaml`. @default - nothing */
  readonly platform?: Readonly<z.core.$ZodShape>;
  /** What each environment has, from `Pulumi.<environment>.yaml`. @default - nothing */
  readonly environment?: Readonly<z.core.$ZodShape>;
}

/** The values of declared settings, by name. */
export type OwnValues<Shape> = [Shape] extends [z.core.$ZodShape] ? Readonly<z.infer<z.ZodMiniObject<Shape>>> : unknown;

/**
 * Declares settings of the project's own; `project.ts` exports what it returns as `ownSettings`. They stand in the same stack files as
 * Portolan's, under `portolan:<name>`, are refused in the same words, and lie beside Portolan's in what `project` is given. An
 * `error` of a type says what a value must be; an example in `z.globalRegistry` becomes the line that sets one.
 *
 * @example
 * export const ownSettings = declareSettings({
 *   platform: { region: z.string({ error: 'must be a region' }).register(z.globalRegistry, { examples: ['eu-west-1'] }) },
 *   environment: { shards: z._default(z.int({ error: 'must be a whole number' }), 1) },
 * });
 */
export const declareSettings = <const Own extends OwnSettings>(own: Own): Own => own;

/** Files that settings are declared for. */
const files = ['platform', 'environment'] as const;

/** Names that `pulumi config set portolan:NAME` takes, and that are a property in TypeScript. */
const settingName = /^[a-zA-Z][a-zA-Z0-9]*$/;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isType = (value: unknown): value is z.core.$ZodType => isMapping(value) && isMapping(value['_zod']);

/**
 * The settings that a program declares. Nobody checked its types, so they may be anything.
 *
 * @param exported - what `project.ts` exports as `ownSettings`
 * @throws ProblemsError when it is something else, or takes a name that is Portolan's
 */
export function ownSettingsOf(exported: unknown): OwnSettings {
  if (exported === undefined) return {};
  const path = 'project.ts: ownSettings';
  const given: Readonly<Record<string, unknown>> = isMapping(exported) ? exported : {};
  const problems: readonly Problem[] = isMapping(exported)
    ? Object.entries(exported).flatMap(([file, types]) => problemsOf(`${path}.${file}`, file, types))
    : [{ path, message: 'must be what declareSettings({ platform: { … }, environment: { … } }) returns' }];
  if (problems.length > 0) throw new ProblemsError('the program', problems);
  return given;
}

function problemsOf(path: string, file: string, types: unknown): readonly Problem[] {
  const known: readonly string[] = files;
  if (!known.includes(file)) return [{ path, message: unknownName('stack file', file, known) }];
  if (!isMapping(types)) return [{ path, message: 'must hold a type of Zod by the name of each setting' }];
  return Object.entries(types).flatMap(([name, type]): readonly Problem[] => {
    if (!settingName.test(name))
      return [{ path: `${path}.${name}`, message: 'must be called by letters and digits, e.g. nodeName' }];
    if (portolanSettings.includes(name))
      return [{ path: `${path}.${name}`, message: 'is a setting of Portolan; give yours another name' }];
    return isType(type) ? [] : [{ path: `${path}.${name}`, message: 'must be a type of Zod, e.g. z.string()' }];
  });
}

/** What the stack files of one kind hold when some settings are declared for them. */
export function withOwn<Keys extends z.core.$ZodShape>(
  portolans: Keys,
  own: OwnSettings[keyof OwnSettings] = {},
): StackKeys<Keys> {
  const entries = Object.entries(own).map(([name, type]) => [`portolan:${name}`, type] as const);
  return {
    keys: { ...portolans, ...Object.fromEntries(entries.map(([key, type]) => [key, fitting(type)])) },
    examples: Object.fromEntries(
      entries.flatMap(([key, type]) => {
        const example = exampleOf(type);
        return example === undefined ? [] : [[key, example] as const];
      }),
    ),
  };
}

/** The values of declared settings among what was read, by name. */
export const ownValues = (
  own: OwnSettings[keyof OwnSettings] = {},
  config: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(own).flatMap((name) => {
      const value = config[`portolan:${name}`];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

/** A declared type for what a stack file holds: `pulumi config set` writes every plain value as text. */
const fitting = (type: z.core.$ZodType): z.core.$ZodType =>
  z.transform((value: unknown, context): unknown => {
    const refuse = (message: string, path: PropertyKey[] = []): void => {
      context.issues.push({ code: 'custom', message, path, input: value });
    };
    const encrypted = encryptedIn(value);
    if (encrypted !== undefined) {
      refuse('must not be encrypted', [...encrypted]);
      return z.NEVER;
    }
    const asItIs = parsed(type, value);
    const other = asItIs.success ? asItIs : parsed(type, otherwiseRead(value));
    if (asItIs.success || other.success) return (asItIs.success ? asItIs : other).data;
    for (const issue of asItIs.error.issues) {
      if (issue.code === 'unrecognized_keys') context.issues.push({ ...issue, path: [...issue.path], input: {} });
      else refuse(inOurWords(issue.message), [...issue.path]);
    }
    return z.NEVER;
  });

function parsed(type: z.core.$ZodType, value: unknown): z.core.util.SafeParseResult<unknown> {
  try {
    return z.safeParse(type, value);
  } catch (error) {
    if (!(error instanceof $ZodAsyncError)) throw error;
    const message = 'must have a type in project.ts that asks nobody: no async check and no async transform';
    return { success: false, error: new $ZodRealError([{ code: 'custom', message, path: [], input: value }]) };
  }
}

/** The message of a type; Zod's own says what was expected and not what to write. */
const inOurWords = (message: string): string =>
  message.startsWith('must ') ? message : `must fit its type in project.ts: ${message}`;

/** A text as the number or the switch that it may stand for. Not the other way round: 1.10 that stands as a number is 1.1 by now. */
function otherwiseRead(value: unknown): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
}

/** Where a value is encrypted, which no rendering can read. */
function encryptedIn(value: unknown): readonly PropertyKey[] | undefined {
  if (isEncrypted(value)) return [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = encryptedIn(inner);
    if (found !== undefined) return [key, ...found];
  }
  return undefined;
}

/** An example that was registered for a type, or for the one that it may be left out of. */
function exampleOf(type: z.core.$ZodType): string | undefined {
  const registered = z.globalRegistry.get(type) as { readonly examples?: unknown } | undefined;
  const [example] = Array.isArray(registered?.examples) ? (registered.examples as readonly unknown[]) : [];
  if (typeof example === 'string' || typeof example === 'number' || typeof example === 'boolean')
    return String(example);
  if (example !== undefined) return undefined;
  const inner = (type._zod.def as { readonly innerType?: unknown }).innerType;
  return isType(inner) ? exampleOf(inner) : undefined;
}
