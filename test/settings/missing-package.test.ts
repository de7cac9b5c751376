import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { missingPackage } from '../../src/settings/missing-package.ts';

/** As Node.js throws it. */
const notFound = (what: string): Error =>
  Object.assign(new Error(`Cannot find package '${what}' imported from /work/shop/main.mjs`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

test('fails for each optional package by its name, and with what installs it', () => {
  const { peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly peerDependenciesMeta: Readonly<Record<string, unknown>>;
  };
  // Whoever types "npx cdk8s" asked for it by name already.
  for (const name of Object.keys(peerDependenciesMeta).filter((it) => it !== 'cdk8s-cli'))
    expect(missingPackage(notFound(name))?.message).toMatch(
      new RegExp(
        `^portolan: what .* needs the package ${name}, which is not installed\n {2}next: npm install --save-dev ${name}$`,
      ),
    );
  expect(missingPackage(notFound('@pulumi/kubernetes/core/v1/secret.js'))?.message).toContain(
    'the package @pulumi/kubernetes, which',
  );
});

test('says nothing of another package, and of another error', () => {
  expect(missingPackage(notFound('yaml'))).toBeUndefined();
  expect(missingPackage(new Error("Cannot find package '@pulumi/pulumi'"))).toBeUndefined();
  expect(missingPackage('text')).toBeUndefined();
});
