/** The test of a new repository: Node.js runs it, and nothing has to be installed for it. */
export const firstTest = (
  portolan: string,
): string => `// Run by "npm test". What it asks of every environment is what a reviewer would: is it whole, and is it the same for everybody.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const launcher = join(dirname(createRequire(import.meta.url).resolve('${portolan}/package.json')), 'bin', 'portolan.cjs');

const portolan = (...args) => execFileSync(process.execPath, [launcher, ...args], { encoding: 'utf8' });

/** Every file that the program renders, by path. */
function rendered() {
  const folder = mkdtempSync(join(tmpdir(), 'rendered-'));
  const { environments } = JSON.parse(portolan('synth', '--output', folder, '--json'));
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.yaml'));
  return {
    environments: environments.map(({ environment }) => environment),
    files: new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
  };
}

test('every rule and check passes', () => {
  portolan('check');
});

test('every environment runs web, with the image of its release, and the same bytes twice', () => {
  const { environments, files } = rendered();

  assert.notEqual(environments.length, 0);
  for (const environment of environments) {
    const workloads = [...files].filter(([file, text]) => file.startsWith(environment) && text.includes('kind: Deployment'));
    assert.ok(
      workloads.some(([, text]) => /image: \\S*web[:@]\\S+/.test(text)),
      \`\${environment} has no Deployment of web\`,
    );
  }
  assert.deepEqual(rendered().files, files);
});
`;
