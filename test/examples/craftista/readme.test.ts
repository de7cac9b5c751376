import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { craftista } from './example.ts';

const folder = 'examples/craftista';
const read = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');

describe('the repository of the second system', () => {
  test('has what a consumer writes, and nothing else', () => {
    expect(readdirSync(folder).filter((file) => !['node_modules', 'dist', '.portolan'].includes(file))).toEqual([
      'DEFECTS.md',
      'Pulumi.dev.yaml',
      'Pulumi.platform.yaml',
      'Pulumi.prod.yaml',
      'Pulumi.staging.yaml',
      'Pulumi.tools.yaml',
      'Pulumi.yaml',
      'README.md',
      'cdk8s.yaml',
      'package.json',
      'project.ts',
      'pulumi.mjs',
      'tsconfig.json',
    ]);
    expect(Object.keys((JSON.parse(read('package.json')) as { readonly dependencies: object }).dependencies)).toEqual([
      '@portolan-delivery/portolan',
    ]);
  });

  test('shows in its README the graph that is drawn of it', () => {
    expect(read('README.md')).toContain(
      `\`\`\`mermaid\n${renderMermaid(graphOf(withToolchains(craftista()))).trim()}\n\`\`\``,
    );
  });
});
