import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a preview of a stack would make, as `type name`, and what it says instead where it cannot. */
export interface Previewed {
  readonly made: readonly string[];
  readonly failed?: string;
}

/**
 * Writes what plays Pulumi's engine into a project: the program of a stack runs as it is, against the mocks of Pulumi's own SDK. Beside it
 * lies a `pulumi` that tells the state of a stack nobody has updated yet.
 *
 * @param secrets - of each stack, as the engine hands them over
 */
export function writePreview(project: string, secrets: Readonly<Record<string, unknown>>): void {
  writeFileSync(
    join(project, 'preview.mjs'),
    `import * as pulumi from '@pulumi/pulumi';
import program from './pulumi.mjs';
const made = [];
await pulumi.runtime.setMocks(
  {
    call: ({ inputs }) => inputs,
    newResource: ({ type, name, inputs }) => (made.push(type + ' ' + name), { id: name, state: inputs }),
  },
  'shop',
  process.argv[2],
  true,
  'organization',
);
const secrets = ${JSON.stringify(secrets)};
pulumi.runtime.setAllConfig({ 'portolan:secrets': JSON.stringify(secrets[process.argv[2]] ?? {}) }, ['portolan:secrets']);
const failed = await program().then(() => pulumi.runtime.disconnect(), ({ message }) => message);
console.log(JSON.stringify({ made: made.sort(), ...(failed === undefined ? {} : { failed }) }));
`,
  );
  writeFileSync(
    join(project, 'node_modules', '.bin', 'pulumi'),
    '#!/bin/sh\necho \'{"version":3,"deployment":{"resources":[]}}\'\n',
    { mode: 0o755 },
  );
}

/** The answer of a preview among what was said. */
export const previewed = (said: string): Previewed => JSON.parse(said.trim().split('\n').at(-1) ?? '') as Previewed;
