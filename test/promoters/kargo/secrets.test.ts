import { describe, expect, test } from '@jest/globals';
import { environmentOf } from '../../../src/model/delivery.ts';
import { neededIn, readAs } from '../../../src/render/tools.ts';
import { findings } from '../../systems/rendered-system.ts';
import { pushing, withKargo } from '../../support/moved-by-kargo.ts';
import '../../support/patience.ts';

describe('what Kargo pushes with', () => {
  test('is an app of GitHub in a Secret that Kargo finds by its label and its address, once for all stages', () => {
    const delivery = withKargo();
    const place = environmentOf(delivery, 'tools');

    expect(neededIn(delivery, place, 'tools').secrets).toEqual([
      {
        purpose: 'gitPush',
        secretName: 'kargo-ops',
        namespace: 'shop-tools',
        keys: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
        labels: { 'kargo.akuity.io/cred-type': 'git' },
        fields: { repoURL: 'https://github.com/acme/shop-ops.git' },
      },
    ]);
    expect(readAs(delivery, place, pushing)?.secretName).toBe('kargo-ops');
  });

  test('is a name and a password where the repository is on no GitHub', () => {
    const delivery = withKargo();
    const repositories = delivery.repositories.map((it) => ({ ...it, url: 'https://git.example/acme/shop-ops.git' }));
    const elsewhere = { ...delivery, repositories };

    expect(neededIn(elsewhere, environmentOf(elsewhere, 'tools'), 'tools').secrets).toMatchObject([
      { keys: ['username', 'password'] },
    ]);
  });

  test('fails where no credential declares it with the keys that Kargo reads', () => {
    const delivery = withKargo();
    const short = { ...pushing, store: { ...pushing.store, keys: ['githubAppPrivateKey'] } };
    const credentials = delivery.credentials.map((it) => (it === pushing ? short : it));
    const environments = delivery.environments.map((it) => ({
      ...it,
      credentials: it.credentials.map((each) => (each === pushing ? short : each)),
    }));

    expect(findings({ ...delivery, credentials, environments })).toContain('Secret/kargo-ops  (tool-needs)');
  });
});
