import * as pulumi from '@pulumi/pulumi';
import { makeStack } from '../../../src/pulumi/make-stack.ts';
import type { StackContext } from '../../../src/pulumi/stack-context.ts';

/** A resource as the engine was asked to register it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** `type name` of the parent; nothing for the stack itself. */
  readonly parent?: string;
  /** Inputs; a secret is the text `[secret]`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The same with every secret's value, to search in. */
  readonly secretInputs: readonly unknown[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly importId: string;
  /** Names of the resources it waits for. */
  readonly dependsOn: readonly string[];
  readonly aliases: number;
  /** `type name` of what carries it out; nothing for the usual one of its package. */
  readonly provider?: string;
  /** Whether the old one goes before the new one comes, when it is replaced. */
  readonly deleteBeforeReplace: boolean;
  /** `type name` of the resource that takes it along when it is deleted; nothing for one that is deleted itself. */
  readonly deletedWith?: string;
}

/** What running a stack came to. */
export interface Run {
  readonly resources: readonly Registered[];
  readonly outputs: unknown;
}

/** How a request to register a resource looks on the wire; the part that is read here. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getImportid(): string;
  getDependenciesList(): string[];
  getAliasesList(): unknown[];
  getProvider(): string;
  getDeletebeforereplace(): boolean;
  getDeletedwith(): string;
}

interface Monitor {
  registerResource(request: Request, done: (error: unknown, response: unknown) => void): unknown;
}

const signature = '4dabf18193072939515e22adb298388d';

const isSecret = (value: object): value is { value: unknown } => signature in value && 'value' in value;

/** Puts `[secret]` in place of every secret, and collects what was there. */
function withoutSecrets(value: unknown, found: unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, found));
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value)) {
    found.push(value.value);
    return '[secret]';
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, found)]));
}

const ofUrn = (urn: string): string => {
  const [, , type = '', name = ''] = urn.split('::');
  return `${type.split('$').at(-1) ?? ''} ${name}`;
};

function registered(request: Request): Registered {
  const secretInputs: unknown[] = [];
  const parent = request.getParent();
  return {
    type: request.getType(),
    name: request.getName(),
    ...(parent === '' ? {} : { parent: ofUrn(parent) }),
    inputs: withoutSecrets(request.getObject()?.toJavaScript() ?? {}, secretInputs) as Record<string, unknown>,
    secretInputs,
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
    ignoreChanges: request.getIgnorechangesList(),
    importId: request.getImportid(),
    dependsOn: request.getDependenciesList().map(ofUrn),
    aliases: request.getAliasesList().length,
    ...(request.getProvider() === '' ? {} : { provider: ofUrn(request.getProvider()) }),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ...(request.getDeletedwith() === '' ? {} : { deletedWith: ofUrn(request.getDeletedwith()) }),
  };
}

/**
 * Runs a stack against Pulumi's mocks and gives back every request that reached the engine, in the order of their names.
 *
 * @throws what the stack throws
 */
export async function runStack(context: StackContext): Promise<Run> {
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ name, type, inputs }) => ({
        id: `${name}-id`,
        state: {
          ...(inputs as Record<string, unknown>),
          ...(type === 'random:index/randomPassword:RandomPassword' ? { result: 'generated-password' } : {}),
        },
      }),
    },
    'the-shop',
    context.stack,
    context.preview,
  );
  const resources: Registered[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, done) => {
    resources.push(registered(request));
    return register(request, done);
  };
  let failure: Error | undefined;
  const outputs = await pulumi.runtime.runInPulumiStack(() =>
    makeStack(context).catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
      return {};
    }),
  );
  await pulumi.runtime.disconnect();
  if (failure !== undefined) throw failure;
  const order = ({ type, name }: Registered): string => `${type} ${name}`;
  return { resources: resources.sort((a, b) => (order(a) < order(b) ? -1 : 1)), outputs };
}

/** `[type, name, inputs]` of every resource that is neither a component nor the stack. */
export const listed = (run: Run): readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] =>
  run.resources
    .filter(({ type }) => !/^(portolan|pulumi:pulumi):/.test(type))
    .map(({ type, name, inputs }) => [
      type.replace(/:index\/[^:]+:/, ':').replace('kubernetes:core/', 'kubernetes:'),
      name,
      inputs,
    ]);

/** The resources that differ between two runs, and those that only one of them has; neither components nor their order. */
export function changedBetween(before: Run, after: Run): readonly string[] {
  const text = (run: Run) =>
    new Map(
      run.resources
        .filter(({ type }) => !type.startsWith('portolan:'))
        .map(({ dependsOn: _order, ...one }) => [
          `${one.type.split(':').at(-1) ?? ''} ${one.name}`,
          JSON.stringify(one),
        ]),
    );
  const [a, b] = [text(before), text(after)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort();
}
