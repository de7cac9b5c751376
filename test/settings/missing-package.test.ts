import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { missingPackage } from '../../src/settings/missing-package.ts';

/** As Node.js throws it. */
const notFound = (what: string): Error =>
  Object.assign(new Error(`Cannot find package '${what}' imported from /work/shop/main.mjs`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

test('fails for each package that only some commands need by its name, and with what installs it in a version that works', () => {
  const { portolan } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly portolan: { readonly tools: Readonly<Record<string, string>> };
  };
  // Whoever types "npx cdk8s" asked for it by name already.
  for (const name of Object.keys(portolan.tools).filter((it) => it !== 'cdk8s-cli'))
    expect(missingPackage(notFound(name), '.')?.message).toMatch(
      new RegExp(
        `^portolan: what .* needs the package ${name}, which is not installed\n {2}next: npm install --save-dev `,
      ),
    );
  expect(missingPackage(notFound('@pulumi/pulumi'), '.')?.message).toContain(
    `next: npm install --save-dev "@pulumi/pulumi@${portolan.tools['@pulumi/pulumi'] ?? ''}"`,
  );
  expect(missingPackage(notFound('@pulumi/kubernetes/core/v1/secret.js'), '.')?.message).toContain(
    'the package @pulumi/kubernetes, which',
  );
});

test('are no optional peers: npm installs those of devDependencies with --omit=dev too', () => {
  const { peerDependencies, peerDependenciesMeta, portolan, devDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  expect(Object.keys(peerDependencies ?? {})).toEqual(['cdk8s', 'constructs']);
  expect(peerDependenciesMeta).toBeUndefined();
  expect(Object.keys(devDependencies ?? {})).toEqual(expect.arrayContaining(Object.keys(portolan?.['tools'] ?? {})));
});

test('says nothing of another package, and of another error', () => {
  expect(missingPackage(notFound('yaml'), '.')).toBeUndefined();
  expect(missingPackage(new Error("Cannot find package '@pulumi/pulumi'"), '.')).toBeUndefined();
  expect(missingPackage('text', '.')).toBeUndefined();
});
