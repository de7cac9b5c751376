import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../../../support/git.ts';

/** A resource as a state has it. */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly provider?: string;
  readonly retainOnDelete?: boolean;
  readonly dependencies?: readonly string[];
  readonly deletedWith?: string;
  readonly additionalSecretOutputs?: readonly string[];
}

/** Marks a value in a state whose secrets are shown. */
const isSecret = (value: object): value is { readonly plaintext: string } => 'plaintext' in value;

/** A value of a state as code: what was secret is so again. */
function codeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isSecret(value)) return `pulumi.secret(${codeOf(JSON.parse(value.plaintext))})`;
  // What the provider filled in by itself is not written down.
  const filled = '__defaults' in value && Array.isArray(value.__defaults) ? (value.__defaults as unknown[]) : [];
  const entries = Object.entries(value).filter(([key]) => key !== '__defaults' && !filled.includes(key));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}: ${codeOf(one)}`).join(', ')}}`;
}

/** The class of a type, as a program of the SDKs names it. */
function classOf(type: string): string {
  const [pack = '', module = '', name = ''] = type.split(':');
  if (pack !== 'kubernetes') return `${pack}.${name}`;
  return module === 'core/v1' ? `kubernetes.core.v1.${name}` : 'kubernetes.apiextensions.CustomResource';
}

/** Writes one resource of a state as a statement. */
function statementOf(one: StateResource, variable: (urn: string) => string): string {
  const name = JSON.stringify(one.urn.split('::').at(-1));
  // A reference to a provider ends with the id that it has in the state.
  const provider = one.provider?.replace(/::[^:]*$/, '');
  const options = [
    ...(one.parent === undefined || one.parent.includes('pulumi:pulumi:Stack::')
      ? []
      : [`parent: ${variable(one.parent)}`]),
    ...(provider === undefined || provider === '' ? [] : [`provider: ${variable(provider)}`]),
    ...(one.protect === true ? ['protect: true'] : []),
    ...(one.retainOnDelete === true ? ['retainOnDelete: true'] : []),
    ...(one.deletedWith === undefined || one.deletedWith === '' ? [] : [`deletedWith: ${variable(one.deletedWith)}`]),
    ...(one.dependencies === undefined ? [] : [`dependsOn: [${one.dependencies.map(variable).join(', ')}]`]),
  ];
  const isProvider = one.type.startsWith('pulumi:providers:');
  const made = isProvider
    ? // Not by its class, which takes what it finds in the environment for inputs.
      `pulumi.ProviderResource(${JSON.stringify(one.type.split(':').at(-1))}, ${name}, ${codeOf(one.inputs)}, {${options.join(', ')}})`
    : one.custom
      ? `${classOf(one.type)}(${name}, ${codeOf(one.inputs)}, {${options.join(', ')}})`
      : `pulumi.ComponentResource(${JSON.stringify(one.type)}, ${name}, {}, {${options.join(', ')}})`;
  return `const ${variable(one.urn)} = new ${made};`;
}

/**
 * A program that does nothing but declare the resources of a stack, as somebody would write it who knows all their inputs: one file of
 * plain JavaScript on the SDKs of the providers.
 *
 * @param exported - the stack as `pulumi stack export --show-secrets` prints it
 * @returns folder of the program, with a stack file that has the settings of the stack
 */
export function plainProgram(exported: string, stackFile: string): string {
  const { deployment } = JSON.parse(exported) as {
    readonly deployment: { readonly resources: readonly StateResource[] };
  };
  const resources = deployment.resources.filter(({ type }) => type !== 'pulumi:pulumi:Stack');
  const numbers = new Map(resources.map(({ urn }, i) => [urn, `r${i}`]));
  const packages = new Set(
    resources
      .filter(({ custom, type }) => custom && !type.startsWith('pulumi:'))
      .map(({ type }) => classOf(type).split('.')[0] ?? ''),
  );
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'plain', main: 'index.js' }));
  writeFileSync(
    join(folder, 'Pulumi.yaml'),
    'name: the-project\nruntime: {name: nodejs, options: {typescript: false}}\n',
  );
  writeFileSync(join(folder, stackFile.split('/').at(-1) ?? ''), readFileSync(stackFile));
  writeFileSync(
    join(folder, 'index.js'),
    [
      '"use strict";',
      'const pulumi = require("@pulumi/pulumi");',
      ...[...packages].map((name) => `const ${name} = require("@pulumi/${name}");`),
      ...resources.map((one) => statementOf(one, (urn) => numbers.get(urn) ?? 'undefined')),
      '',
    ].join('\n'),
  );
  return folder;
}
