import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { helmOnPath } from '../../../src/clients/helm/helm-program.ts';
import { temporaryFolder } from '../../support/git.ts';

/** A program that says a version, and else what it was asked and in which surroundings. */
function program(version: string): string {
  const file = path.join(temporaryFolder(), 'helm');
  writeFileSync(
    file,
    `#!/bin/sh\nif [ "$1" = version ]; then echo '${version}'; else echo "$@ [$KUBECONFIG$HELM_NAMESPACE]"; echo why >&2; exit 3; fi\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

describe('the Helm of this machine', () => {
  test('is run with what it is asked, away from any cluster, and says how it ended', () => {
    expect(helmOnPath(program('v3.22.0'))(['show', 'chart'])).toEqual({
      ok: false,
      stdout: 'show chart []\n',
      stderr: 'why\n',
    });
    expect(helmOnPath(program('v4.0.1'))(['pull']).stdout).toBe('pull []\n');
  });

  test('fails by name where there is none, and where it is too old', () => {
    expect(() => helmOnPath('/nowhere/helm')(['pull'])).toThrow(
      'Helm renders it, and is not on the PATH; install Helm 3.18 or later (https://helm.sh/docs/intro/install), or let the engine render it',
    );
    for (const version of ['v3.17.3', 'v2.17.0', ''])
      expect(() => helmOnPath(program(version))(['pull'])).toThrow(
        `install Helm 3.18 or later, got ${JSON.stringify(version)}`,
      );
  });
});
